import { INSTANCE_ENGINES, usualRetention, type Member, type TopologyInput } from '../../lib/topology';
import { normalise } from '../../lib/topology/normalise';
import { withMember } from '../_arbitraries/edits';
import { sampleCluster } from '../_helpers/sample-cluster';
import { follower, promoted, sample, withMembers } from '../_helpers/sample-topology';

function memberOf(input: TopologyInput, id: string): Member {
  const member = normalise(input).members.find((each) => each.id === id);
  if (member === undefined) throw new Error(`no member ${id}`);
  return member;
}

describe('normalise', () => {
  it('fills in what is usual for the topology', () => {
    const { members: _, ...topology } = normalise({ ...sample(), aws: undefined });
    expect(topology).toStrictEqual({
      name: 'orders',
      cloud: 'aws',
      kind: 'instances',
      engine: { name: 'postgres', version: '17.6' },
      primary: 'ada',
      objectives: { lag: 600, dataLoss: undefined, recovery: { member: undefined, region: undefined } },
      heartbeat: undefined,
      tags: {},
      aws: { credentials: 'self-managed', parameters: {}, deletionProtection: true, notify: [], regions: {} },
    });
  });

  it('reads durations as seconds', () => {
    const { objectives, heartbeat } = normalise({
      ...sample(),
      objectives: { lag: '1m', dataLoss: '5m', recovery: { member: '2m', region: '1h' } },
      heartbeat: '10s',
    });
    expect({ objectives, heartbeat }).toStrictEqual({
      objectives: { lag: 60, dataLoss: 300, recovery: { member: 120, region: 3600 } },
      heartbeat: 10,
    });
  });

  it('fills in what is usual for an origin', () => {
    expect(memberOf(withMember(sample(), 'ada', { standby: undefined }), 'ada')).toStrictEqual({
      id: 'ada',
      region: 'eu-west-1',
      replicaOf: undefined,
      size: 'db.r6i.xlarge',
      version: '17.6',
      storage: { gib: 100, type: 'gp3', iops: undefined, throughput: undefined, growTo: undefined },
      standby: 'none',
      promotion: 1,
      retentionDays: 7,
      encrypted: true,
      key: undefined,
      retired: undefined,
      tags: {},
      aws: { identifier: 'orders-ada', replicaMode: undefined, delay: undefined },
    });
  });

  it('fills in what is usual for a replica, much of it from its source', () => {
    const source = withMember(sample(), 'ada', {
      version: '17.7',
      storage: { gib: 200, type: 'io2', iops: 3000, growTo: 500 },
      encrypted: false,
      tags: { team: 'orders' },
    });
    expect(memberOf(withMembers(source, { bab: { region: 'us-east-1', replicaOf: 'ada' } }), 'bab')).toStrictEqual({
      id: 'bab',
      region: 'us-east-1',
      replicaOf: 'ada',
      size: 'db.r6i.xlarge',
      version: '17.7',
      storage: { gib: undefined, type: 'io2', iops: 3000, throughput: undefined, growTo: 500 },
      standby: 'none',
      promotion: 'never',
      retentionDays: 7,
      encrypted: false,
      key: undefined,
      retired: undefined,
      tags: {},
      aws: { identifier: 'orders-bab', replicaMode: undefined, delay: undefined },
    });
  });

  it('takes neither iops nor throughput from a volume of another type', () => {
    const source = withMember(sample(), 'ada', { storage: { gib: 400, type: 'gp3', iops: 12_000, throughput: 500 } });
    const member = memberOf(withMember(source, 'bab', { storage: { type: 'io1', iops: 2000 } }), 'bab');
    expect(member.storage).toStrictEqual({
      gib: undefined,
      type: 'io1',
      iops: 2000,
      throughput: undefined,
      growTo: undefined,
    });
  });

  it.each([
    ['in the same Region', { region: 'eu-west-1' }, 'alias/orders'],
    ['in another Region', { region: 'us-east-1' }, undefined],
    ['unencrypted', { region: 'eu-west-1', encrypted: false }, undefined],
    ['with its own', { region: 'us-east-1', key: 'create' }, 'create'],
  ] as const)("gives a replica %s its source's key, or not", (_, more, key) => {
    const source = withMember(sample(), 'ada', { key: 'alias/orders' });
    expect(memberOf(withMembers(source, { bab: { replicaOf: 'ada', ...more } }), 'bab').key).toBe(key);
  });

  it('takes through several replicas what only the origin says, whatever the order', () => {
    const { ada, bab } = sample().members;
    const input = {
      ...sample(),
      members: { dot: follower('cyd'), cyd: follower('bab'), ...(bab && { bab }), ...(ada && { ada }) },
    };
    expect(normalise(input).members.map(({ id, size, version }) => [id, size, version])).toStrictEqual(
      ['dot', 'cyd', 'bab', 'ada'].map((id) => [id, 'db.r6i.xlarge', '17.6']),
    );
  });

  it.each([
    ['an unknown source', withMember(sample(), 'bab', { replicaOf: 'zed' })],
    ['a cycle', withMember(sample(), 'bab', { replicaOf: 'bab' })],
  ])('leaves unknown what would come from %s', (_, input) => {
    const { size, version, encrypted, key } = memberOf(input, 'bab');
    expect({ size, version, encrypted, key }).toStrictEqual({
      size: undefined,
      version: undefined,
      encrypted: undefined,
      key: undefined,
    });
  });

  it('completes the instances of a cluster from it', () => {
    const { instances, storage, standby } = memberOf(
      withMember(sampleCluster(), 'ada', {
        instances: { x: {}, y: { size: 'db.serverless', tier: 9, identifier: 'why' } },
      }),
      'ada',
    );
    expect({ instances, type: storage.type, standby }).toStrictEqual({
      instances: [
        { id: 'x', size: 'db.r6g.large', tier: 1, identifier: 'orders-ada-x' },
        { id: 'y', size: 'db.serverless', tier: 9, identifier: 'why' },
      ],
      type: 'aurora',
      standby: undefined,
    });
  });

  it('writes retention in days', () => {
    expect(memberOf(withMember(sample(), 'ada', { retention: '24h' }), 'ada').retentionDays).toBe(1);
  });
});

describe('usualRetention', () => {
  const REPLICAS = { mysql: 7, mariadb: 7, postgres: 7, oracle: 7, sqlserver: 0, db2: 7 } as const;

  it.each(INSTANCE_ENGINES)('of %s', (engine) => {
    const members = ['ada', 'bab'].map((id) => memberOf(sample(engine), id).retentionDays);
    expect(members).toStrictEqual([7, REPLICAS[engine]]);
    expect(memberOf(promoted(sample(engine)), 'bab').retentionDays).toBe(REPLICAS[engine]);
  });

  it.each([
    ['14.0', 7],
    ['13.23', 0],
    ['14.1', 7],
    ['latest', 7],
    [undefined, 7],
  ])('of a PostgreSQL %s replica is %i days', (version, days) => {
    expect(usualRetention('postgres', version, false)).toBe(days);
  });
});
