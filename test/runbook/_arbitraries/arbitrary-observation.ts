import fc from 'fast-check';
import type { LagSample, MemberObservation, Observation } from '../../../lib/runbook/decision';
import { check, type Topology } from '../../../lib/topology';
import { normalise } from '../../../lib/topology/normalise';
import { validTopologyInput } from '../../_arbitraries/arbitrary-topology';
import { sample as sampleTopology, withChain, withFollowers } from '../../_helpers/sample-topology';
import { AT } from '../_helpers/scene';

const reach = fc.constantFrom('reachable' as const, 'reachable' as const, 'unreachable' as const, 'unknown' as const);
const ago = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -5, max: 4000 }));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

const sample: fc.Arbitrary<LagSample> = fc
  .tuple(ago, fc.oneof({ arbitrary: fc.nat({ max: 600 }), weight: 8 }, fc.constantFrom(null, -1, 0)))
  .map(([seconds, lag]) => ({ at: AT - seconds, lag }));

const position = fc
  .record({
    appliedTo: fc.tuple(ago, fc.constantFrom(0, 0.25, 0.5)).map(([seconds, part]) => AT - seconds + part),
    error: fc.nat({ max: 3 }),
    ordinal: maybe(fc.nat({ max: 20 })),
    unit: fc.constantFrom('bytes' as const, 'bytes' as const, 'transactions' as const),
  })
  .map((each): MemberObservation['position'] => ({ ...each, source: 'sql' }));

const sight = fc.record({
  controlPlane: reach,
  dataPlane: reach,
  status: fc.constantFrom('available', 'backing-up', undefined),
  isReady: fc.integer({ min: 0, max: 4 }).map((roll) => roll > 0),
  replication: fc.constantFrom(
    'running' as const,
    'running' as const,
    'stopped' as const,
    'none' as const,
    'unknown' as const,
  ),
  acceptsWrites: fc.constantFrom('no' as const, 'no' as const, 'unknown' as const, 'yes' as const),
  position: maybe(position),
  lastHeard: maybe(ago.map((seconds) => AT - seconds)),
  samples: fc.array(sample, { maxLength: 4 }),
  lastSeenAlive: maybe(ago.map((seconds) => AT - seconds)),
  stoppedAt: fc.option(
    ago.map((seconds) => AT - seconds),
    { nil: undefined, freq: 2 },
  ),
  isLookedAt: fc.integer({ min: 0, max: 9 }).map((roll) => roll > 0),
});

/** Any lineage that is accepted: cascading where the engine allows it, some members retired; or 15 replicas. */
const topology: fc.Arbitrary<Topology> = fc.oneof(
  {
    arbitrary: validTopologyInput({ least: 2 })
      .map((input) => check(input).topology)
      .filter((each) => each !== undefined),
    weight: 4,
  },
  fc.constantFrom(
    normalise(withFollowers(sampleTopology('postgres'), 15, { promotion: 1 })),
    normalise(withChain(sampleTopology('mysql'), 3)),
  ),
);

/** Whatever can be seen of whatever topology; members may not have been looked at. */
export const anyObservation: fc.Arbitrary<Observation> = fc
  .record({
    topology,
    sights: fc.array(sight, { minLength: 18, maxLength: 18 }),
    lastPromotion: maybe(ago.map((seconds) => AT - seconds)),
  })
  .map(({ topology: each, sights, lastPromotion }) => ({
    at: AT,
    topology: each,
    members: each.members.flatMap(({ id }, index) => {
      const { isLookedAt = false, ...seen } = sights[index % sights.length] ?? {};
      return isLookedAt ? [{ id, ...seen } as MemberObservation] : [];
    }),
    ...(lastPromotion === undefined ? {} : { lastPromotion }),
    obstacles: [],
  }));

/** The observation with something else seen of one member. */
export function withSight(observation: Observation, id: string, more: Partial<MemberObservation>): Observation {
  const members = observation.members.map((member) => (member.id === id ? { ...member, ...more } : member));
  return { ...observation, members };
}
