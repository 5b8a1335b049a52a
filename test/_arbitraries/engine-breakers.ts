import { engineMajor, type EngineName, type InstanceEngineName } from '../../lib/topology';
import { offeredClasses } from '../../lib/topology/offered-classes';
import { CASCADING, FLAT, type Breaker, type Whole } from './breaker';
import { withEngine, withMember, withReadyPrimary, withReplicas } from './edits';

const NOT_OFFERED: Readonly<Record<InstanceEngineName, readonly string[]>> = {
  mysql: ['latest', '8.4', '5.6.51', '8.4.7-rds.1'],
  mariadb: ['latest', '11.8', '10.3.39'],
  postgres: ['latest', '9.6.24', '17.0', '12.1', '2019'],
  oracle: ['latest', '12.2', '19.0.0.0'],
  sqlserver: ['2019', '16', '12.00.6449.1.v1'],
  db2: ['latest', '11.5', '11.1.4.7'],
};

const OLDER: Readonly<Partial<Record<EngineName, string>>> = { mysql: '8.0.11', mariadb: '10.4.13' };

const OTHER_BUILD: Readonly<Partial<Record<EngineName, readonly string[]>>> = {
  oracle: ['19.0.0.0.ru-2025-07.rur-2025-07.r1'],
  sqlserver: ['16.00.4215.2.v1', '15.00.4430.1.v1'],
  db2: ['11.5.9.0.sb00085791.r1', '12.1.4.0.sb00080714.r1'],
};

/** Leaves whose version decides nothing but how they compare with their source. */
function plainLeaves({ leaves }: Whole) {
  return leaves.filter((member) => member.aws.delay === undefined);
}

export const ENGINE_BREAKERS: readonly Breaker[] = [
  {
    code: 'engine-version-unknown',
    wish: {},
    break: (whole) => withEngine(whole.input, { version: whole.pick(NOT_OFFERED[whole.engine]) }),
  },
  {
    code: 'engine-version-newer',
    wish: { engines: CASCADING },
    break: (whole) => {
      const version = `${engineMajor(whole.engine, whole.version)}.99`;
      const leaf = whole.pick(whole.leaves);
      return leaf === undefined ? withEngine(whole.input, { version }) : withMember(whole.input, leaf.id, { version });
    },
  },
  { code: 'edition-unknown', wish: {}, break: ({ input }) => withEngine(input, { edition: 'gold' }) },
  { code: 'edition-unknown', wish: { engines: FLAT }, break: ({ input }) => withEngine(input, { edition: undefined }) },
  {
    code: 'edition-cannot-replicate',
    wish: { least: 2, engines: ['oracle', 'sqlserver'] },
    break: (whole) => {
      const editions = whole.engine === 'oracle' ? ['se2', 'se2-cdb'] : ['se', 'web', 'ex'];
      return whole.view.replicas.length === 0 ? undefined : withEngine(whole.input, { edition: whole.pick(editions) });
    },
  },
  {
    code: 'version-cannot-replicate',
    wish: { least: 2, engines: ['sqlserver'] },
    break: ({ input, view }) =>
      view.replicas.length === 0 ? undefined : withEngine(input, { version: '17.00.1000.7.v1' }),
  },
  {
    code: 'cross-region-version',
    wish: { least: 2, engines: ['db2'] },
    break: (whole) => {
      const version = whole.pick(['11.5.8.0.sb00000001.r1', '12.1.3.0.sb00000001.r1']);
      return whole.abroad.length === 0 ? undefined : withEngine(whole.input, { version });
    },
  },
  {
    code: 'replica-version-below-source',
    wish: { least: 2, engines: CASCADING },
    break: (whole) => {
      const leaf = whole.pick(plainLeaves(whole));
      const version = OLDER[whole.engine] ?? `${engineMajor(whole.engine, whole.version)}.2`;
      return leaf === undefined || whole.version === '14.1' ? undefined : withMember(whole.input, leaf.id, { version });
    },
  },
  {
    code: 'replica-major-differs',
    wish: { least: 2, engines: ['postgres'] },
    break: (whole) => {
      const leaf = whole.pick(plainLeaves(whole));
      return (
        leaf &&
        withMember(whole.input, leaf.id, {
          version: whole.version.startsWith('16') ? '17.10' : '16.13',
          retention: '7d',
        })
      );
    },
  },
  {
    code: 'replica-major-skips',
    wish: { engines: ['mysql'], promoted: false, most: 1 },
    break: ({ input, primary }) => {
      const plain = withMember(input, primary.id, {
        version: '5.7.44',
        size: 'db.r6i.xlarge',
        region: 'eu-west-1',
        key: undefined,
      });
      return withReplicas(plain, 1, { replicaOf: primary.id, version: '8.4.7' });
    },
  },
  {
    code: 'replica-version-differs',
    wish: { least: 2, engines: FLAT },
    break: (whole) => {
      const leaf = whole.pick(whole.leaves);
      return leaf && withMember(whole.input, leaf.id, { version: whole.pick(OTHER_BUILD[whole.engine] ?? []) });
    },
  },
  {
    code: 'replica-too-small',
    wish: { engines: ['sqlserver'], most: 4 },
    break: ({ input, primary, view }) => {
      const offered = offeredClasses({ engine: view.topology.engine, region: primary.region ?? '' });
      const size = offered.find((each) => each.endsWith('.large'));
      return size === undefined ? undefined : withReplicas(withReadyPrimary(input), 1, { replicaOf: primary.id, size });
    },
  },
  {
    code: 'source-needs-standby',
    wish: { least: 2, engines: ['sqlserver'] },
    break: ({ input, primary, view }) =>
      view.replicas.length === 0 ? undefined : withMember(input, primary.id, { standby: 'none' }),
  },
];
