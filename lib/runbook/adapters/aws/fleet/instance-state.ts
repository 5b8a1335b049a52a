import type { DBInstance } from '@aws-sdk/client-rds';
import type { Replication } from '../../../decision';

/** In which RDS takes calls that change an instance, or promote it. It refuses them in `backing-up`: facts/promotion.md §2. */
const USABLE: ReadonlySet<string> = new Set(['available', 'storage-optimization', 'storage-initialization']);

/** What a person can do about a status that does not end by itself: Amazon RDS User Guide, "Viewing DB instance status". */
const FIXES: readonly (readonly [RegExp, string])[] = [
  [/^storage-full$/, 'give it more storage, and run again'],
  [/^failed$/, 'restore it from a backup: RDS cannot recover it'],
  [/^restore-error$/, 'restore it again: RDS could not'],
  [/^inaccessible-encryption-credentials/, 'give RDS access to its KMS key again, then start it'],
  [/^incompatible-parameters$/, 'give it a parameter group with which it starts, and reboot it'],
  [/^incompatible-option-group$/, 'give it an option group that suits its engine'],
  [/^incompatible-network$/, 'see that its subnets have free addresses and its VPC exists'],
  [/^incompatible-restore$/, 'restore it with settings that suit the backup'],
  [/^incompatible-/, 'change what its status names'],
  [/^insufficient-capacity$/, 'choose another instance class, or wait until AWS has capacity'],
  [/^delet/, 'it is being deleted, and will be gone: go on without it'],
];

const statusOf = ({ DBInstanceStatus }: DBInstance): string => DBInstanceStatus ?? 'unknown';

/** True when RDS would begin something with it. That it says so does not prove that nothing was begun. */
export function isUsable(instance: DBInstance): boolean {
  return USABLE.has(statusOf(instance));
}

/** What a person has to do before anything can be done with it; undefined: nothing. */
export function hindrance(instance: DBInstance): string | undefined {
  const status = statusOf(instance);
  const fix = FIXES.find(([pattern]) => pattern.test(status))?.[1];
  if (fix === undefined) return undefined;
  return `${instance.DBInstanceIdentifier ?? 'the instance'} is ${status}, which does not end by itself; ${fix}`;
}

/** Name or ARN of whom it follows, as RDS has it. After a promotion it is there for a while still. */
export function sourceOf(instance: DBInstance): string | undefined {
  return instance.ReadReplicaSourceDBInstanceIdentifier ?? instance.ReadReplicaSourceDBClusterIdentifier;
}

/** What RDS says of its replication, and why if it is not well. */
export function replicationInfo({ StatusInfos = [] }: DBInstance): { status?: string; message?: string } {
  const info = StatusInfos.find(({ StatusType }) => StatusType === 'read replication');
  return {
    ...(info?.Status === undefined ? {} : { status: info.Status }),
    ...(info?.Message ? { message: info.Message } : {}),
  };
}

/** `replication degraded` still replicates. While a replica is made, or is promoted, RDS says nothing. */
export function replicationOf(instance: DBInstance): Replication {
  if (sourceOf(instance) === undefined) return 'none';
  const { status } = replicationInfo(instance);
  if (status === undefined) return 'unknown';
  return status === 'replicating' || status === 'replication degraded' ? 'running' : 'stopped';
}

/** The parameter group that it has, or is getting. */
export function parameterGroupOf({ DBParameterGroups: [group] = [] }: DBInstance): { name: string; status: string } {
  return { name: group?.DBParameterGroupName ?? '', status: group?.ParameterApplyStatus ?? 'unknown' };
}

/** Ids of its security groups, and whether every change of them has come through. */
export function securityGroupsOf({ VpcSecurityGroups = [] }: DBInstance): {
  ids: readonly string[];
  isSettled: boolean;
} {
  // One on its way out is listed as `removing`, and still lets clients in.
  return {
    ids: VpcSecurityGroups.flatMap(({ VpcSecurityGroupId: id }) => id ?? []).toSorted(),
    isSettled: VpcSecurityGroups.every(({ Status }) => Status === 'active'),
  };
}
