import fc from 'fast-check';
import { INSTANCE_ENGINES, type InstanceEngineName } from '../../lib/topology';
import { CATALOGUE, REGION_POOLS } from './engine-catalogue';

/** What an arbitrary topology is asked to be. */
export interface TopologyWish {
  /** Default: any of the six. */
  readonly engines?: readonly InstanceEngineName[];
  /** Fewest members before a promotion. Default: 1, which comes with the warning `nothing-promotable`. */
  readonly least?: number;
  /** Most members. Default: 8. */
  readonly most?: number;
  /** Whether a replica may have been promoted already, so that there are retired members. Default: true. */
  readonly promoted?: boolean;
  /** Whether findings of severity warning may be drawn on purpose. Default: false. */
  readonly doubtful?: boolean;
}

/** Indices are reduced modulo what there is to choose from, so that every draw can be built and shrinks towards the first. */
const index = fc.nat({ max: 1000 });
const rarely = fc.integer({ min: 0, max: 9 }).map((roll) => roll === 9);

const tags = fc.dictionary(fc.constantFrom('team', 'cost-centre', 'stage'), fc.constantFrom('orders', '4711', 'test'), {
  maxKeys: 2,
  noNullPrototype: true,
});

const memberChoices = fc.record({
  id: fc.stringMatching(/^[a-z](-?[a-z0-9]){0,9}$/),
  region: index,
  parent: index,
  size: index,
  promotion: fc.integer({ min: 1, max: 5 }),
  never: fc.boolean(),
  ownSize: rarely,
  newer: rarely,
  standby: fc.boolean(),
  days: fc.option(fc.integer({ min: 1, max: 35 }), { nil: undefined }),
  key: index,
  delay: fc.option(fc.constantFrom('15m', '1h', '1d'), { nil: undefined, freq: 3 }),
  mode: fc.constantFrom(undefined, 'mounted', 'open-read-only'),
  storage: index,
  ownStorage: rarely,
  tags: fc.option(tags, { nil: undefined }),
  identifier: rarely,
});

/** Choices for one member; what they come to depends on the engine and on the members before it. */
export type MemberChoices = ReturnType<typeof memberChoices.generate>['value'];

const awsChoices = fc.record({
  username: fc.constantFrom(undefined, 'keeper', 'dba_1'),
  database: fc.constantFrom(undefined, 'orders', 'shop1'),
  port: fc.option(fc.integer({ min: 6000, max: 9000 }), { nil: undefined }),
  license: fc.boolean(),
  parameters: fc.boolean(),
  insights: fc.constantFrom(undefined, 'off' as const, 'standard' as const, 'advanced' as const),
  withoutLogs: rarely,
  withoutIam: rarely,
  deletionProtection: fc.constantFrom(undefined, true, false),
  notify: fc.boolean(),
  regions: fc.constantFrom('nothing', 'vpc', 'cidr', 'topic'),
});

const objectiveChoices = fc.record({
  lag: fc.integer({ min: 301, max: 7200 }),
  heartbeat: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  dataLoss: fc.option(fc.nat({ max: 86_400 }), { nil: undefined }),
  member: fc.constantFrom(undefined, '2m', '10m'),
  region: fc.boolean(),
});

function choicesFor(engine: InstanceEngineName, wish: TopologyWish) {
  const { least = 1, most = 8 } = wish;
  return fc.record({
    engine: fc.constant(engine),
    name: fc.constantFrom('orders', 'billing-2', 'crm', 'x'),
    edition: fc.constantFrom(...CATALOGUE[engine].editions),
    versions: fc.constantFrom(...CATALOGUE[engine].versions),
    pool: fc.oneof(
      { arbitrary: fc.constant('aws'), weight: 8 },
      { arbitrary: fc.constantFrom(...Object.keys(REGION_POOLS)), weight: 1 },
    ),
    area: index,
    encrypted: fc.integer({ min: 0, max: 5 }).map((roll) => roll !== 5),
    members: fc.uniqueArray(memberChoices, { selector: ({ id }) => id, minLength: least, maxLength: most }),
    objectives: objectiveChoices,
    aws: awsChoices,
    tags: fc.option(tags, { nil: undefined }),
    cloud: fc.boolean(),
    promote: wish.promoted === false ? fc.constant(undefined) : fc.option(index, { nil: undefined }),
    addAfter: fc.boolean(),
    doubtful: wish.doubtful === true ? fc.boolean() : fc.constant(false),
  });
}

/** Every random decision of one topology, from which {@link buildTopology} builds it. */
export type Choices = ReturnType<ReturnType<typeof choicesFor>['generate']>['value'];

/** Choices that can all be built, whatever they are. */
export function topologyChoices(wish: TopologyWish = {}): fc.Arbitrary<Choices> {
  return fc.oneof(...(wish.engines ?? INSTANCE_ENGINES).map((engine) => choicesFor(engine, wish)));
}
