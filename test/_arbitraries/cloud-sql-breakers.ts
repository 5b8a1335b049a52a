import type { MemberInput, TopologyInput } from '../../lib/topology';
import { beside, pool, withGcp, withMemberGcp, withMore } from '../_helpers/sample-cloud-sql';
import type { CloudSqlWish } from './arbitrary-cloud-sql';
import { withEngine, withMember, withNew, withObjectives } from './edits';

/** Breaks exactly one rule of an accepted topology for Google; undefined when this one cannot be broken so. */
export interface CloudSqlBreaker {
  readonly code: string;
  readonly wish: CloudSqlWish;
  readonly break: (input: TopologyInput) => TopologyInput | undefined;
}

const key = (region: string, name = 'k') => `projects/acme-prod/locations/${region}/keyRings/sql/cryptoKeys/${name}`;
const OPEN = { engines: ['mysql', 'postgres'] as const };

/** The one that is neither primary nor made of others: bab, or ada after a switchover. */
function other({ primary }: TopologyInput): string {
  return primary === 'ada' ? 'bab' : 'ada';
}

function withEach(input: TopologyInput, change: Partial<MemberInput>): TopologyInput {
  return Object.keys(input.members).reduce((grown, id) => withMember(grown, id, change), input);
}

const LINEAGE: readonly CloudSqlBreaker[] = [
  { code: 'replica-limit', wish: { engines: ['sqlserver'] }, break: (input) => withMore(input, 7) },
  { code: 'sender-flags-too-low', wish: { engines: ['postgres'] }, break: (input) => withMore(input, 10) },
  { code: 'many-replicas', wish: { engines: ['mysql'] }, break: (input) => withMore(input, 10) },
  {
    code: 'chain-too-deep',
    wish: OPEN,
    break: (input) => {
      const chain = ['n1', 'n2', 'n3', 'n4'];
      return chain.reduce(
        (grown, id, at) => withNew(grown, id, beside(at === 0 ? input.primary : (chain[at - 1] ?? ''))),
        input,
      );
    },
  },
  {
    code: 'replica-version-unsuited',
    wish: { engines: ['postgres'] },
    break: (input) => withNew(input, 'n1', beside(input.primary, { version: '16' })),
  },
  {
    code: 'cascade-not-declared',
    wish: { engines: ['sqlserver'] },
    break: (input) => withNew(withNew(input, 'n1', beside('ada')), 'n2', beside('n1')),
  },
  {
    code: 'cascadable-misplaced',
    wish: {},
    break: (input) =>
      withNew(
        input,
        'n1',
        beside(input.primary, { region: input.members[input.primary]?.region, gcp: { cascadable: true } }),
      ),
  },
  {
    code: 'sql-server-cannot-replicate',
    wish: { engines: ['sqlserver'] },
    break: (input) => withEngine(input, { edition: 'web' }),
  },
];

const PROMOTION: readonly CloudSqlBreaker[] = [
  {
    code: 'transition-target',
    wish: { plus: true },
    break: (input) => withGcp(input, { transition: { to: input.primary, phase: 'begin' } }),
  },
  {
    code: 'switchover-edition',
    wish: { ...OPEN, plus: false },
    break: (input) => ({ ...input, primary: 'bab' }),
  },
  {
    code: 'primary-unprotected',
    wish: {},
    break: (input) => withMemberGcp(input, 'ada', { deletionProtection: false }),
  },
  {
    code: 'replica-smaller',
    wish: { plus: true, dr: false },
    break: (input) => withNew(input, 'n1', beside(input.primary, { size: 'db-perf-optimized-N-2' })),
  },
  {
    code: 'maintenance-on-replica',
    wish: {},
    break: (input) => withMemberGcp(input, other(input), { maintenance: { day: 'monday', hour: 1 } }),
  },
];

const DR: readonly CloudSqlBreaker[] = [
  { code: 'dr-replica-unknown', wish: OPEN, break: (input) => withGcp(input, { drReplica: 'zoe' }) },
  { code: 'dr-replica-misplaced', wish: OPEN, break: (input) => withGcp(input, { drReplica: input.primary }) },
  {
    code: 'dr-replica-edition',
    wish: { ...OPEN, plus: false },
    break: (input) => withGcp(input, { drReplica: 'bab' }),
  },
  {
    code: 'dr-replica-version',
    wish: { engines: ['postgres'], dr: true },
    break: (input) => withEngine(input, { version: '11' }),
  },
  {
    code: 'dr-replica-logs',
    wish: { engines: ['postgres'], dr: true },
    break: (input) => withGcp(input, { pointInTimeRecovery: false }),
  },
  {
    code: 'dr-replica-flags',
    wish: { engines: ['postgres'], dr: true },
    break: (input) => withMemberGcp(input, other(input), { flags: { max_connections: '17' } }),
  },
  {
    code: 'dr-replica-ssl',
    wish: { ...OPEN, dr: true },
    break: (input) => withMemberGcp(input, other(input), { sslMode: 'allow-unencrypted' }),
  },
  {
    code: 'dr-replica-differs',
    wish: { ...OPEN, dr: true },
    break: (input) => withMember(input, other(input), { standby: 'none' }),
  },
];

const DURABILITY: readonly CloudSqlBreaker[] = [
  {
    code: 'replica-keeps-backups',
    wish: {},
    break: (input) => withNew(input, 'n1', beside('ada', { retention: '3d' })),
  },
  {
    code: 'binary-log-off',
    wish: { engines: ['mysql'], dr: false },
    break: (input) => withMemberGcp(input, input.primary, { binaryLog: false }),
  },
  {
    code: 'primary-without-backups',
    wish: { engines: ['mysql'] },
    break: (input) => withMember(input, input.primary, { retention: '0d' }),
  },
  { code: 'backup-range', wish: {}, break: (input) => withMember(input, 'ada', { retention: '500d' }) },
  {
    code: 'recreation-lag-range',
    wish: {},
    break: (input) => withMemberGcp(input, other(input), { recreateAfterLag: '366d' }),
  },
  {
    code: 'recreation-before-alarm',
    wish: {},
    break: (input) => withMemberGcp(withObjectives(input, { lag: '1h' }), other(input), { recreateAfterLag: '10m' }),
  },
  { code: 'alarm-too-hasty', wish: {}, break: (input) => withGcp(input, { alarmAfter: '2m' }) },
];

const EDITION: readonly CloudSqlBreaker[] = [
  { code: 'database-version-unknown', wish: {}, break: (input) => withEngine(input, { version: '1.2' }) },
  { code: 'sql-server-edition', wish: {}, break: (input) => withEngine(input, { edition: 'ee' }) },
  {
    code: 'cloud-sql-edition-missing',
    wish: { plus: false },
    break: (input) => withGcp(input, { edition: undefined }),
  },
  { code: 'tier-unknown', wish: {}, break: (input) => withMember(input, 'ada', { size: 'db.r7g.large' }) },
  {
    code: 'tier-of-other-edition',
    wish: { plus: false },
    break: (input) => withMember(input, 'bab', { size: 'db-perf-optimized-N-16' }),
  },
];

const POOLS: readonly CloudSqlBreaker[] = [
  { code: 'read-pool-edition', wish: { plus: false }, break: (input) => withNew(input, 'n1', pool()) },
  { code: 'read-pool-nodes', wish: { plus: true }, break: (input) => withNew(input, 'n1', pool({ nodes: -1 })) },
  {
    code: 'read-pool-autoscale',
    wish: { plus: true },
    break: (input) => withNew(input, 'n1', pool({ autoscale: { min: 2, max: 3, cpu: 50 } })),
  },
  {
    code: 'read-pool-standby',
    wish: { plus: true },
    break: (input) => withNew(input, 'n1', pool({ nodes: 2 }, { standby: 'regional' })),
  },
  {
    code: 'read-pool-role',
    wish: { plus: true },
    break: (input) => withNew(input, 'n1', pool({ nodes: 2 }, { promotion: 3 })),
  },
  { code: 'read-pool-single-node', wish: { plus: true }, break: (input) => withNew(input, 'n1', pool({ nodes: 1 })) },
];

const PLACEMENT: readonly CloudSqlBreaker[] = [
  { code: 'google-region-unknown', wish: {}, break: (input) => withMember(input, 'bab', { region: 'europe-nord1' }) },
  { code: 'key-in-other-location', wish: {}, break: (input) => withMember(input, 'bab', { key: key('asia-east1') }) },
  {
    code: 'own-key-missing',
    wish: {},
    break: (input) => {
      const { primary } = input;
      const added = withNew(input, 'n1', beside(primary, { region: 'asia-east1' }));
      const keyed = Object.entries(added.members).reduce(
        (grown, [id, { region }]) => withMember(grown, id, { key: key(region) }),
        added,
      );
      return withMember(keyed, 'n1', { key: undefined });
    },
  },
  {
    code: 'own-key-differs',
    wish: {},
    break: (input) => withNew(input, 'n1', beside('ada', { key: key('europe-west1') })),
  },
  { code: 'connector-enforced', wish: {}, break: (input) => withGcp(input, { connectorEnforcement: true }) },
  { code: 'failover-target-gone', wish: {}, break: (input) => withMemberGcp(input, 'bab', { failoverTarget: true }) },
  {
    code: 'network-differs',
    wish: {},
    break: (input) =>
      withNew(input, 'n1', beside('ada', { gcp: { network: { privateNetwork: 'projects/x/global/networks/y' } } })),
  },
  {
    code: 'psc-missing',
    wish: {},
    break: (input) =>
      withNew(
        withGcp(input, { network: { ...input.gcp?.network, pscProjects: ['acme-prod'] } }),
        'n1',
        beside('ada', { gcp: { network: { pscProjects: [] } } }),
      ),
  },
  { code: 'unreachable', wish: {}, break: (input) => withGcp(input, { network: { publicIp: false } }) },
  {
    code: 'same-zone',
    wish: { dr: false },
    break: (input) => {
      const { primary } = input;
      const region = input.members[primary]?.region ?? '';
      const zoned = withMemberGcp(withMember(input, primary, { standby: 'none' }), primary, { zone: `${region}-b` });
      return withNew(zoned, 'n1', beside(primary, { region, gcp: { zone: `${region}-b` } }));
    },
  },
];

const NAMING: readonly CloudSqlBreaker[] = [
  { code: 'instance-name-invalid', wish: {}, break: (input) => withMemberGcp(input, 'bab', { name: 'Bab' }) },
  {
    code: 'instance-name-duplicate',
    wish: {},
    break: (input) => withMemberGcp(input, 'bab', { name: 'orders-ada' }),
  },
];

/** Rules of any cloud, on Google. */
const ANY_CLOUD: readonly CloudSqlBreaker[] = [
  {
    code: 'origin-count',
    wish: {},
    break: (input) =>
      withNew(input, 'n1', { region: 'asia-east1', size: input.members['ada']?.size, storage: { gib: 20 } }),
  },
  { code: 'primary-unknown', wish: { dr: false }, break: (input) => ({ ...input, primary: 'zoe' }) },
  {
    code: 'nothing-promotable',
    wish: { dr: false },
    break: (input) =>
      input.primary === 'ada'
        ? withMember(withEach(input, { promotion: 'never' }), 'ada', { promotion: 1 })
        : undefined,
  },
  { code: 'lag-above-data-loss', wish: {}, break: (input) => withObjectives(input, { dataLoss: '10s' }) },
  { code: 'role-word-in-name', wish: {}, break: (input) => ({ ...input, name: 'orders-master' }) },
];

/** At least one breaker for every rule of Cloud SQL. */
export const CLOUD_SQL_BREAKERS: readonly CloudSqlBreaker[] = [
  ...LINEAGE,
  ...PROMOTION,
  ...DR,
  ...DURABILITY,
  ...EDITION,
  ...POOLS,
  ...PLACEMENT,
  ...NAMING,
];

/** And some for rules that hold in any cloud. */
export const ANY_CLOUD_BREAKERS: readonly CloudSqlBreaker[] = ANY_CLOUD;
