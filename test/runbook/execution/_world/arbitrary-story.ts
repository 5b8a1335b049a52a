import fc from 'fast-check';
import { TopologyView, type Topology } from '../../../../lib/topology';
import { normalise } from '../../../../lib/topology/normalise';
import { promotableIn, validTopologyInput } from '../../../_arbitraries/arbitrary-topology';
import type { Stubborn } from './clients';
import type { Times } from './cloud';
import { FAILURES, type Failure, type Kill } from './mishaps';

/** Something that goes wrong on the way. */
export type Trouble =
  | ({ readonly kind: 'kill'; readonly invocation: number } & Kill)
  | { readonly kind: 'failure'; readonly at: number; readonly failure: Failure }
  | { readonly kind: 'death'; readonly at: number; readonly member: number }
  | { readonly kind: 'cut'; readonly at: number; readonly all: boolean };

/** Any topology, and what happens to it. */
export interface Story {
  readonly topology: Topology;
  readonly delays: Readonly<Record<string, number>>;
  readonly stubborn: readonly Stubborn[];
  readonly times: Partial<Times>;
  /** How the primary is lost in an unplanned story. */
  readonly loss: 'partition' | 'region lost' | 'death';
  readonly isRiskTaken: boolean;
  readonly troubles: readonly Trouble[];
  /** Seconds that the n-th host lives; none: for ever. */
  readonly lives: readonly number[];
}

const topology = validTopologyInput({ engines: ['postgres', 'mysql'], least: 2, most: 5, promoted: false })
  .filter((input) => promotableIn(input).length > 0)
  .map((input) => normalise({ ...input, objectives: { lag: '10m' } }));

const at = fc.integer({ min: 1, max: 260 });

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({
    kind: fc.constant('kill' as const),
    invocation: fc.integer({ min: 1, max: 3 }),
    at,
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  fc.record({ kind: fc.constant('failure' as const), at, failure: fc.constantFrom(...FAILURES) }),
  fc.record({ kind: fc.constant('death' as const), at: fc.integer({ min: 1, max: 200 }), member: fc.nat({ max: 9 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.integer({ min: 1, max: 200 }), all: fc.boolean() }),
);

const times: fc.Arbitrary<Partial<Times>> = fc.record({
  promotionLinger: fc.constantFrom(0, 12, 60),
  promotion: fc.constantFrom(10, 30, 120),
  sourceLinger: fc.constantFrom(0, 8, 40),
  settling: fc.constantFrom(1, 5, 25),
  restart: fc.constantFrom(2, 6, 30),
  notice: fc.constantFrom(5, 30, 300),
});

/** Stories of any topology. */
export const arbitraryStory: fc.Arbitrary<Story> = topology.chain((each) => {
  const replicas = new TopologyView(each).replicas.map(({ id }) => id);
  const delays = replicas.map((id) => fc.constantFrom(0, 0, 1, 5, 20).map((delay) => [id, delay] as const));
  const insists = fc.record({
    member: fc.constant(each.primary),
    every: fc.constantFrom(1, 7, 23, 61),
    insists: fc.boolean(),
  });
  return fc.record({
    topology: fc.constant(each),
    delays: fc.tuple(...delays).map((pairs) => Object.fromEntries(pairs)),
    stubborn: fc.array(insists, { maxLength: 2 }),
    times,
    loss: fc.constantFrom('partition' as const, 'region lost' as const, 'death' as const),
    isRiskTaken: fc.boolean(),
    troubles: fc.array(trouble, { maxLength: 3 }),
    lives: fc.oneof(fc.constant([]), fc.array(fc.integer({ min: 20, max: 90 }), { minLength: 1, maxLength: 6 })),
  });
});
