import type { MemberObservation, Observation, Request } from '../../../lib/runbook/decision';
import type { Member, Topology, TopologyInput } from '../../../lib/topology';
import { normalise } from '../../../lib/topology/normalise';
import { sample, withMembers } from '../../_helpers/sample-topology';

/** When everybody looks. */
export const AT = Date.parse('2026-11-23T03:00:00Z') / 1000;

/** ada is the primary; bab and cyd follow her, dot follows bab. MySQL, so that no lag climbs in idle times. */
export const INPUT: TopologyInput = {
  ...withMembers(sample('mysql'), {
    cyd: { region: 'eu-west-1', replicaOf: 'ada', promotion: 2 },
    dot: { region: 'eu-west-1', replicaOf: 'bab', promotion: 3 },
  }),
  objectives: { lag: '10m', dataLoss: '5m' },
};

export type Sights = Readonly<Record<string, Partial<MemberObservation>>>;

/** All is well: everybody answers, the primary takes writes, the last sample of each lag is 0 and 10 s old. */
function well({ id }: Member, { primary }: Topology): MemberObservation {
  const common = { id, controlPlane: 'reachable', dataPlane: 'reachable', status: 'available', isReady: true } as const;
  return id === primary
    ? { ...common, replication: 'none', acceptsWrites: 'yes', samples: [], lastSeenAlive: AT }
    : { ...common, replication: 'running', acceptsWrites: 'no', samples: [{ at: AT - 10, lag: 0 }] };
}

/** The scene where all is well, but for what is said of some members. */
export function scene(sights: Sights = {}, more: Partial<Observation> = {}, input: TopologyInput = INPUT): Observation {
  const topology = normalise(input);
  return {
    at: AT,
    topology,
    members: topology.members.map((member) => ({ ...well(member, topology), ...sights[member.id] })),
    obstacles: [],
    ...more,
  };
}

/** The primary was last seen five minutes ago; the cloud says that it stopped two seconds later. */
export const LOST: Partial<MemberObservation> = {
  dataPlane: 'unreachable',
  status: 'failed',
  isReady: false,
  acceptsWrites: 'unknown',
  lastSeenAlive: AT - 300,
  stoppedAt: AT - 298,
};

/** A replica whose stream broke with the primary; its lag was last sampled so long ago. */
export function broken(ago: number, lag: number | null = 0): Partial<MemberObservation> {
  return { replication: 'stopped', samples: [{ at: AT - ago, lag }] };
}

/** ada is lost; bab was 4 s behind, cyd 2 s, dot 5 s, a moment before. */
export function lost(sights: Sights = {}, more: Partial<Observation> = {}, input: TopologyInput = INPUT): Observation {
  const base: Sights = { ada: LOST, bab: broken(310, 4), cyd: broken(310, 2), dot: broken(310, 5) };
  const ids = new Set([...Object.keys(base), ...Object.keys(sights)]);
  return scene(Object.fromEntries([...ids].map((id) => [id, { ...base[id], ...sights[id] }])), more, input);
}

export const FAILOVER: Request = { kind: 'failover' };
export const SWITCHOVER: Request = { kind: 'switchover' };
