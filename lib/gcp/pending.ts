import * as pulumi from '@pulumi/pulumi';
import type { DatabaseInstance } from '@pulumi/gcp/sql';
import type { MemberId, Topology } from '../topology';
import { instanceName, type MemberRole } from './member-role';

export interface Pending {
  readonly topology: Topology;
  readonly roles: ReadonlyMap<MemberId, MemberRole>;
  readonly instances: ReadonlyMap<MemberId, DatabaseInstance>;
  /** Members whose instances are made elsewhere: what depends on their roles is said there. */
  readonly existing: ReadonlySet<MemberId>;
}

/**
 * What is still to do when this deployment is done, in the order in which to do it; empty when nothing is.
 *
 * A DR replica cannot be designated by the deployment that creates the two: the provider sends the designation with updates
 * only. A switchover takes two deployments, and the second has to see what the first one did.
 */
export function pending({ topology, roles, instances, existing }: Pending): pulumi.Output<readonly string[]> {
  const designations = [...roles].flatMap(([id, { drReplica }]) => {
    const dr = topology.members.find((member) => member.id === drReplica);
    const instance = instances.get(id);
    if (dr === undefined || instance === undefined) return [];
    const isOurs = !existing.has(id);
    return [designation(instance, instanceName(dr), (name) => (isOurs ? onceMore(name, id) : elsewhere(name, id)))];
  });
  return pulumi
    .all(designations)
    .apply((steps) => [...steps.filter((step) => step !== undefined), ...transitionSteps(topology)]);
}

function designation(
  { replicationCluster }: DatabaseInstance,
  dr: string,
  step: (dr: string) => string,
): pulumi.Output<string | undefined> {
  return replicationCluster.apply((cluster) => {
    // Mocks and previews may not tell.
    const told = (cluster as { failoverDrReplicaName?: string } | undefined)?.failoverDrReplicaName ?? '';
    return told.split(':').at(-1) === dr ? undefined : step(dr);
  });
}

const onceMore = (dr: string, id: MemberId): string =>
  `run \`pulumi up --refresh\` once more: ${dr} is not yet the DR replica of ${id}, because both have to exist first`;

const elsewhere = (dr: string, id: MemberId): string =>
  `set replicationCluster.failoverDrReplicaName to ${dr}, with its project and a colon before it, where ${id} is made, then \`pulumi up --refresh\`: that instance is left as it is here`;

function transitionSteps({ primary, gcp }: Topology): readonly string[] {
  const transition = gcp?.transition;
  if (transition === undefined) return [];
  const { to, phase } = transition;
  return phase === 'begin'
    ? [
        `set gcp.transition.phase to finish, then \`pulumi preview --refresh\`: nothing may be replaced or deleted`,
        `\`pulumi up --refresh\`: without the refresh, Pulumi would take ${primary} for the primary still, and replace it`,
      ]
    : [`${afterwards(to, primary, gcp?.drReplica)}take gcp.transition away`];
}

/** What the topology is to say of roles after the switchover; nothing where it says so already. */
function afterwards(to: MemberId, primary: MemberId, drReplica: MemberId | undefined): string {
  if (primary === to) return '';
  // SQL Server has no DR replica to name.
  return drReplica === undefined
    ? `set primary to ${to}, and `
    : `set primary to ${to} and gcp.drReplica to ${primary}, and `;
}
