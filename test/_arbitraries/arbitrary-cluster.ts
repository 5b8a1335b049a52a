import fc from 'fast-check';
import type { AuroraEngineName, MemberInput, TopologyInput, TopologyKind } from '../../lib/topology';

/** What an arbitrary topology of clusters is asked to be. */
export interface ClusterWish {
  /** Default: any but instances. */
  readonly kinds?: readonly Exclude<TopologyKind, 'instances'>[];
  /** Default: both of Aurora. */
  readonly engines?: readonly AuroraEngineName[];
}

/** Versions that have everything which the arbitraries ask for. */
const VERSIONS: Readonly<Record<AuroraEngineName, readonly string[]>> = {
  'aurora-mysql': ['8.0.mysql_aurora.3.08.2', '8.0.mysql_aurora.3.10.3'],
  'aurora-postgresql': ['16.8', '17.5', '15.12'],
};

/** Offered for every version and in every Region that is drawn. */
const SIZES = ['db.r6g.large', 'db.r6g.xlarge', 'db.r6g.2xlarge'];
const REGIONS = ['eu-west-1', 'us-east-1', 'us-west-2', 'eu-central-1', 'ap-southeast-2'];

const index = fc.nat({ max: 1000 });

const clusterChoices = fc.record({
  instances: fc.integer({ min: 2, max: 5 }),
  tiers: fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 5, maxLength: 5 }),
  serverless: fc.boolean(),
  promotion: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant('never' as const)),
  days: fc.option(fc.integer({ min: 1, max: 35 }), { nil: undefined }),
  optimised: fc.boolean(),
  scaled: fc.boolean(),
  rpo: fc.boolean(),
});
type ClusterChoices = ReturnType<typeof clusterChoices.generate>['value'];

const choices = fc.record({
  version: index,
  size: index,
  first: index,
  clusters: fc.array(clusterChoices, { minLength: 2, maxLength: 5 }),
  primary: index,
  forwarding: fc.boolean(),
  insights: fc.constantFrom(undefined, 'standard' as const, 'advanced' as const),
  encrypted: fc.boolean(),
});
type Choices = ReturnType<typeof choices.generate>['value'];

/** Random topologies of clusters that are accepted, without any warning but that of what is not encrypted. */
export function validClusterInput({ kinds, engines }: ClusterWish = {}): fc.Arbitrary<TopologyInput> {
  const kind = fc.constantFrom(...(kinds ?? (['cluster', 'global', 'multi-az-cluster'] as const)));
  const engine = fc.constantFrom(...(engines ?? (['aurora-mysql', 'aurora-postgresql'] as const)));
  return fc
    .tuple(kind, engine, choices)
    .map(([what, who, chosen]) => (what === 'multi-az-cluster' ? multiAz(chosen) : aurora(what, who, chosen)));
}

function multiAz({ clusters, first, encrypted }: Choices): TopologyInput {
  const [{ days } = {}] = clusters;
  return {
    name: 'orders',
    kind: 'multi-az-cluster',
    engine: { name: 'postgres', version: '17.6' },
    primary: 'm0',
    objectives: { lag: '10m' },
    members: {
      m0: {
        region: REGIONS[first % 2] ?? '',
        size: 'db.r6gd.large',
        storage: { gib: 100 },
        ...(days === undefined ? {} : { retention: `${days}d` }),
        ...(encrypted ? {} : { encrypted: false }),
      },
    },
  };
}

function aurora(kind: 'cluster' | 'global', engine: AuroraEngineName, chosen: Choices): TopologyInput {
  const isAlone = kind === 'cluster' && engine === 'aurora-postgresql';
  const clusters = isAlone ? chosen.clusters.slice(0, 1) : chosen.clusters;
  const members = Object.fromEntries(
    clusters.map((each, position) => [`m${position}`, clusterOf(each, position, { kind, engine, chosen })]),
  );
  return {
    name: 'orders',
    kind,
    engine: { name: engine, version: VERSIONS[engine][chosen.version % VERSIONS[engine].length] ?? '' },
    primary: kind === 'global' ? (promotable(members)[chosen.primary % promotable(members).length] ?? 'm0') : 'm0',
    objectives: { lag: '10m' },
    members,
    aws: {
      ...(kind === 'cluster' && engine === 'aurora-mysql' ? { parameters: { binlog_format: 'ROW' } } : {}),
      ...(chosen.forwarding ? { writeForwarding: { local: true, global: kind === 'global' } } : {}),
      ...(chosen.insights === undefined ? {} : { insights: chosen.insights }),
    },
  };
}

function promotable(members: Readonly<Record<string, MemberInput>>): readonly string[] {
  return Object.entries(members).flatMap(([id, { promotion }]) => (promotion === 'never' ? [] : [id]));
}

interface Around {
  readonly kind: 'cluster' | 'global';
  readonly engine: AuroraEngineName;
  readonly chosen: Choices;
}

function clusterOf(choice: ClusterChoices, position: number, { kind, engine, chosen }: Around): MemberInput {
  const isOrigin = position === 0;
  // The first two can be promoted, so that something can.
  const promotion = position < 2 ? position + 1 : choice.promotion;
  const isSecondary = kind === 'global' && promotion === 'never';
  const hasRpo = kind === 'global' && engine === 'aurora-postgresql' && choice.rpo && isOrigin;
  return {
    region: REGIONS[(chosen.first + position) % REGIONS.length] ?? '',
    ...(isOrigin ? { size: SIZES[chosen.size % SIZES.length] } : { replicaOf: 'm0' }),
    promotion,
    instances: instancesOf(choice),
    ...(choice.days === undefined ? {} : { retention: `${choice.days}d` }),
    ...(choice.optimised ? { storage: { type: 'aurora-iopt1' } } : {}),
    ...(isOrigin && !chosen.encrypted ? { encrypted: false } : {}),
    ...(!isOrigin && chosen.encrypted ? { key: 'create' } : {}),
    aws: {
      ...(choice.serverless ? { capacity: { min: 0.5, max: 16 } } : {}),
      ...(choice.scaled && !isSecondary ? { readerScaling: { max: 8 } } : {}),
      ...(choice.optimised && choice.instances > 0 ? { endpoints: { first: ['i0'] } } : {}),
      ...(hasRpo ? { rpo: '1m' } : {}),
    },
  };
}

/** The first two could be writers by their size and tier; the others may be anything. */
function instancesOf({ instances, tiers, serverless }: ClusterChoices): NonNullable<MemberInput['instances']> {
  return Object.fromEntries(
    Array.from({ length: instances }, (_, number) => [
      `i${number}`,
      number < 2 ? { tier: number } : { tier: tiers[number] ?? 1, ...(serverless ? { size: 'db.serverless' } : {}) },
    ]),
  );
}
