import { QUARANTINE_TAG } from '../../runbook/contract';
import { TopologyView, UnderstudyError, type Member, type Topology } from '../../topology';
import type { InstanceSeed } from '../rds/instance-seed';
import { USUAL_VERSION, usualEngine } from './played-engine';

/** The security group that lets nobody in, of one Region. */
export const quarantineOf = (region: string): string => `sg-quarantine-${region}`;

/** As AWS has them that the topology's constructs made. Each comes after whom it follows; who is retired is not there. */
export function seedsOf(topology: Topology): readonly InstanceSeed[] {
  const view = new TopologyView(topology);
  const inOrder = [...view.active].sort((a, b) => view.upstreamOf(a).length - view.upstreamOf(b).length);
  return inOrder.map((member) => seedOf(member, view));
}

/** Under which name its cloud has a member. */
export const identifierOf = (topology: Topology, { id, aws, gcp }: Member): string =>
  (gcp?.name ?? aws.identifier ?? `${topology.name}-${id}`).toLowerCase();

function seedOf(member: Member, view: TopologyView): InstanceSeed {
  const { topology } = view;
  const { region, retentionDays, standby } = member;
  if (region === undefined) {
    throw new UnderstudyError(
      'region-unknown',
      `the Region of ${member.id} is not known; allowed: a member with a Region; fix: declare the region of ${member.id}`,
    );
  }
  const followed = view.followedBy(member);
  return {
    ...{ region, id: identifierOf(topology, member), engine: topology.engine.name },
    engineVersion: topology.engine.version ?? USUAL_VERSION[usualEngine(topology)],
    backupRetention: retentionDays ?? (followed === undefined ? 7 : 0),
    multiAz: standby === 'multi-az',
    deletionProtection: topology.aws.deletionProtection,
    securityGroups: [`sg-${region}`],
    tags: [{ key: QUARANTINE_TAG, value: quarantineOf(region) }],
    ...(followed === undefined ? {} : { replicaOf: identifierOf(topology, followed) }),
  };
}
