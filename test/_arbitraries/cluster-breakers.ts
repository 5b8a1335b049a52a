import type { MemberInput, TopologyInput } from '../../lib/topology';
import type { ClusterWish } from './arbitrary-cluster';
import { withAws, withEngine, withMember, withMemberAws, withNew } from './edits';

/** Breaks exactly one rule of an accepted topology of clusters. */
export interface ClusterBreaker {
  /** The code of the rule. */
  readonly code: string;
  readonly wish: ClusterWish;
  readonly break: (input: TopologyInput) => TopologyInput;
}

const AURORA: ClusterWish = { kinds: ['cluster', 'global'] };
const GLOBAL: ClusterWish = { kinds: ['global'] };
const GLOBAL_POSTGRES: ClusterWish = { kinds: ['global'], engines: ['aurora-postgresql'] };
const BINLOG: ClusterWish = { kinds: ['cluster'], engines: ['aurora-mysql'] };

/** Where none of the arbitraries is. */
const FREE = [
  ...['us-east-2', 'us-west-1', 'ca-central-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'],
  ...['ap-south-1', 'sa-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-southeast-1'],
];

function servers(count: number): NonNullable<MemberInput['instances']> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, {}]));
}

/** With so many instances in the primary, of one size and tier. */
function withServers(input: TopologyInput, instances: NonNullable<MemberInput['instances']>): TopologyInput {
  const told = { readerScaling: undefined, endpoints: undefined };
  return withMemberAws(withMember(input, input.primary, { instances }), input.primary, told);
}

/** One more cluster, which is never promoted. */
function secondaryIn(region: string, { members }: TopologyInput): MemberInput {
  const key = members['m0']?.encrypted === false ? {} : { key: 'create' };
  return { region, replicaOf: 'm0', promotion: 'never', instances: servers(2), ...key };
}

/** With eleven clusters besides the first: more would leave the primary of a global database no reader. */
function everywhere(input: TopologyInput): TopologyInput {
  return FREE.slice(0, 12 - Object.keys(input.members).length).reduce(
    (grown, region, index) => withNew(grown, `x${index}`, secondaryIn(region, input)),
    withServers(input, servers(2)),
  );
}

/** A secondary, or whoever is not the primary. */
function other({ members, primary }: TopologyInput): string {
  return Object.keys(members).find((id) => id !== primary) ?? '';
}

/** With the primary in that Region, and whoever was there in its own. */
function withHome(input: TopologyInput, region: string): TopologyInput {
  const there = Object.entries(input.members).find(([, member]) => member.region === region)?.[0];
  const before = input.members[input.primary]?.region ?? '';
  return withMember(there === undefined ? input : withMember(input, there, { region: before }), input.primary, {
    region,
  });
}

/** At least one breaker for every rule that is about clusters alone, or hardly ever broken by random instances. */
export const CLUSTER_BREAKERS: readonly ClusterBreaker[] = [
  {
    code: 'engine-unsuited',
    wish: { kinds: ['multi-az-cluster'] },
    break: (input) => withEngine(input, { name: 'mariadb', version: '11.8.6' }),
  },
  { code: 'field-unsuited', wish: AURORA, break: (input) => withMember(input, 'm0', { standby: 'none' }) },
  {
    code: 'automatic-unsuited',
    wish: {},
    break: (input) => withAws(input, { runbook: { automatic: 'eu-west-1' } }),
  },
  {
    code: 'writer-record-immovable',
    wish: GLOBAL,
    break: (input) => {
      const record = { zone: 'Z1', name: 'db.orders.example' };
      return withAws(withHome(input, 'us-east-1'), { runbook: { endpoints: [{ record }] } });
    },
  },
  {
    code: 'managed-password-unsuited',
    wish: { kinds: ['multi-az-cluster'] },
    break: (input) => withAws(input, { credentials: 'rds-managed' }),
  },
  {
    code: 'field-unsuited',
    wish: { kinds: ['multi-az-cluster'] },
    break: (input) => withMember(input, 'm0', { instances: servers(2) }),
  },
  {
    code: 'setting-unsuited',
    wish: { kinds: ['cluster', 'multi-az-cluster'] },
    break: (input) => withAws(input, { globalIdentifier: 'x' }),
  },
  { code: 'volume-unsuited', wish: AURORA, break: (input) => withMember(input, 'm0', { storage: { type: 'gp3' } }) },
  { code: 'cluster-retention-range', wish: {}, break: (input) => withMember(input, 'm0', { retention: '0d' }) },
  {
    code: 'multi-az-cluster-alone',
    wish: { kinds: ['multi-az-cluster'] },
    break: (input) => withNew(input, 'm1', { region: input.members['m0']?.region ?? '', replicaOf: 'm0' }),
  },
  { code: 'cluster-without-instance', wish: AURORA, break: (input) => withServers(input, {}) },
  { code: 'too-many-readers', wish: AURORA, break: (input) => withServers(input, servers(17)) },
  {
    code: 'promotion-tier-range',
    wish: AURORA,
    break: (input) => withServers(input, { ...servers(2), x: { tier: 16 } }),
  },
  { code: 'no-reader', wish: AURORA, break: (input) => withServers(input, servers(1)) },
  {
    code: 'reader-scaling-range',
    wish: AURORA,
    break: (input) => withMemberAws(input, input.primary, { readerScaling: { min: 9, max: 8 } }),
  },
  {
    code: 'endpoint-instance-unknown',
    wish: AURORA,
    break: (input) => withMemberAws(input, 'm0', { endpoints: { reports: ['nobody'] } }),
  },
  {
    code: 'too-many-endpoints',
    wish: AURORA,
    break: (input) => withMemberAws(input, 'm0', { endpoints: { a: [], b: [], c: [], d: [], e: [], f: [] } }),
  },
  {
    code: 'instance-size-unknown',
    wish: AURORA,
    break: (input) => withServers(input, { ...servers(2), x: { size: 'large' } }),
  },
  {
    code: 'instance-size-not-offered',
    wish: AURORA,
    break: (input) => withServers(input, { ...servers(2), x: { size: 'db.m6g.large' } }),
  },
  {
    code: 'instance-identifier-invalid',
    wish: AURORA,
    break: (input) => withServers(input, { ...servers(2), x: { identifier: 'X' } }),
  },
  {
    code: 'instance-identifier-duplicate',
    wish: AURORA,
    break: (input) => withServers(input, { ...servers(2), x: { identifier: `orders-${input.primary}-n0` } }),
  },
  {
    code: 'capacity-missing',
    wish: AURORA,
    break: (input) =>
      withMemberAws(withServers(input, { ...servers(2), x: { size: 'db.serverless' } }), input.primary, {
        capacity: undefined,
      }),
  },
  {
    code: 'capacity-range',
    wish: AURORA,
    break: (input) => withMemberAws(input, 'm0', { capacity: { min: 8, max: 4 } }),
  },
  {
    code: 'capacity-version',
    wish: { kinds: ['cluster'], engines: ['aurora-postgresql'] },
    break: (input) =>
      withEngine(withAws(withMemberAws(input, 'm0', { capacity: { min: 0, max: 4 } }), { writeForwarding: {} }), {
        version: '15.6',
      }),
  },
  {
    code: 'serverless-tier',
    wish: AURORA,
    break: (input) =>
      withMemberAws(withServers(input, { x: { tier: 0 }, y: { size: 'db.serverless', tier: 9 } }), input.primary, {
        capacity: { min: 1, max: 2 },
      }),
  },
  {
    code: 'cluster-cannot-replicate',
    wish: BINLOG,
    break: (input) => withEngine(input, { name: 'aurora-postgresql', version: '16.8' }),
  },
  {
    code: 'too-many-replica-clusters',
    wish: BINLOG,
    break: everywhere,
  },
  { code: 'binlog-off', wish: BINLOG, break: (input) => withAws(input, { parameters: {} }) },
  {
    code: 'write-forwarding-version',
    wish: { kinds: ['global'], engines: ['aurora-postgresql'] },
    break: (input) => withAws(withEngine(input, { version: '16.3' }), { writeForwarding: { local: true } }),
  },
  { code: 'too-many-secondaries', wish: GLOBAL, break: everywhere },
  {
    code: 'region-taken',
    wish: GLOBAL,
    break: (input) => withMember(input, 'm1', { region: input.members['m0']?.region ?? '' }),
  },
  {
    code: 'class-unsuited-for-global',
    wish: GLOBAL,
    break: (input) => withServers(input, { ...servers(2), x: { size: 'db.t4g.large' } }),
  },
  {
    code: 'headless-secondary',
    wish: GLOBAL,
    break: (input) => {
      const headless = withMember(input, other(input), { instances: {}, promotion: 3 });
      return withMemberAws(headless, other(input), { endpoints: undefined });
    },
  },
  {
    code: 'global-version-differs',
    wish: GLOBAL_POSTGRES,
    break: (input) => withMember(input, 'm1', { version: '14.18' }),
  },
  {
    code: 'managed-password-in-global',
    wish: GLOBAL,
    break: (input) => withAws(input, { credentials: 'rds-managed' }),
  },
  {
    code: 'reader-scaling-on-secondary',
    wish: GLOBAL,
    break: (input) =>
      withNew(input, 'x0', {
        ...secondaryIn(FREE[0] ?? '', input),
        aws: { readerScaling: { max: 9 } },
      }),
  },
  {
    code: 'rpo-unsupported',
    wish: { kinds: ['global'], engines: ['aurora-mysql'] },
    break: (input) => withMemberAws(input, 'm0', { rpo: '1m' }),
  },
  { code: 'rpo-range', wish: GLOBAL_POSTGRES, break: (input) => withMemberAws(input, 'm0', { rpo: '5s' }) },
  {
    code: 'rpo-on-both',
    wish: GLOBAL_POSTGRES,
    break: (input) => {
      const { m0, m1 } = input.members;
      const two = { ...input, primary: 'm0', members: { ...(m0 && { m0 }), ...(m1 && { m1 }) } };
      return withMemberAws(withMemberAws(two, 'm0', { rpo: '1m' }), 'm1', { rpo: '1m' });
    },
  },
  {
    code: 'rpo-as-parameter',
    wish: GLOBAL_POSTGRES,
    break: (input) => withAws(input, { parameters: { 'rds.global_db_rpo': '60' } }),
  },
];
