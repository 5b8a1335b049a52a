import type { DBCluster, GlobalCluster, GlobalClusterMember } from '@aws-sdk/client-rds';
import type { Topology } from '../../../../topology';
import type { Replication } from '../../../decision';
import type { Place } from '../fleet/place';

/** The condition of a cluster that says that RDS takes calls for it. */
export const isAvailable = ({ Status }: DBCluster): boolean => Status === 'available';

/** Data without a server. It replicates, and cannot take over before it has one. */
export const isHeadless = ({ DBClusterMembers = [] }: DBCluster): boolean => DBClusterMembers.length === 0;

/** The command that gives a headless cluster a server. */
export function serverCommand({ identifier, region }: Place, size: string, { engine }: Topology): string {
  return `aws rds create-db-instance --region ${region} --db-cluster-identifier ${identifier} --db-instance-identifier ${identifier}-a --db-instance-class ${size} --engine ${engine.name}`;
}

/** Whether an ARN is that of a cluster. */
export function isArnOf(arn: string | undefined, { identifier, region }: Place): boolean {
  const [, , , there, , , name] = (arn ?? '').split(':');
  return there === region && name === identifier;
}

/** How a global database has one of its clusters; undefined when it does not. */
export function memberOf(
  { GlobalClusterMembers: members = [] }: GlobalCluster,
  place: Place,
): GlobalClusterMember | undefined {
  return members.find(({ DBClusterArn }) => isArnOf(DBClusterArn, place));
}

/** Aurora makes it anew from the primary: what it has is no copy of anything yet. */
export const isResyncing = ({ SynchronizationStatus }: GlobalClusterMember): boolean =>
  SynchronizationStatus === 'pending-resync';

/** How a cluster follows in a global database. Never tried live: whether every secondary has a synchronisation status. */
export function linkOf(member: GlobalClusterMember | undefined): Replication {
  if (member === undefined || member.IsWriter === true) return 'none';
  return isResyncing(member) ? 'stopped' : 'running';
}

/** The identifier of the global database: RDS keeps names in lower case. */
export function globalName({ aws, name }: Topology): string {
  return (aws.globalIdentifier ?? name).toLowerCase();
}
