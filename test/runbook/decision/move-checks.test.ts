import { decide, type MemberObservation, type Observation, type Request } from '../../../lib/runbook/decision';
import type { RunbookFinding } from '../../../lib/runbook/contract';
import { define, type Topology, type TopologyInput } from '../../../lib/topology';
import { cloudSql, withMemberGcp } from '../../_helpers/sample-cloud-sql';
import { AT, FAILOVER, SWITCHOVER } from '../_helpers/scene';

const server = { size: 'db.r7g.large' } as const;

const GLOBAL = define({
  name: 'orders',
  kind: 'global',
  engine: { name: 'aurora-postgresql', version: '16.8' },
  primary: 'paris',
  objectives: { lag: '5s', dataLoss: '10m' },
  members: {
    paris: { region: 'eu-west-3', instances: { a: server } },
    dublin: { region: 'eu-west-1', replicaOf: 'paris', promotion: 1, key: 'create', instances: { a: server } },
  },
});

const BINLOG = define({
  name: 'shop',
  kind: 'cluster',
  engine: { name: 'aurora-mysql', version: '8.0.mysql_aurora.3.08.2' },
  primary: 'paris',
  objectives: { lag: '5s', dataLoss: '10m' },
  aws: { parameters: { binlog_format: 'ROW' } },
  members: {
    paris: { region: 'eu-west-3', instances: { a: server } },
    dublin: { region: 'eu-west-1', replicaOf: 'paris', promotion: 1, key: 'create', instances: { a: server } },
  },
});

/** Inside a cluster: servers as a look finds them. */
const inside = (...ids: readonly string[]): Topology => ({
  ...GLOBAL,
  kind: 'cluster',
  primary: 'a',
  within: { member: 'paris', identifier: 'orders-paris', region: 'eu-west-3' },
  members: ids.map((id, tier) => ({
    ...{ id, region: 'eu-west-3', storage: {}, promotion: tier, tags: {}, aws: { identifier: `orders-paris-${id}` } },
    ...(id === 'a' ? {} : { replicaOf: 'a' }),
  })),
});

type Sights = Readonly<Record<string, Partial<MemberObservation>>>;

/** Nobody is asked; the cloud says that all is well. */
function scene(topology: Topology, sights: Sights = {}): Observation {
  return {
    at: AT,
    topology,
    obstacles: [],
    members: topology.members.map(({ id }) => ({
      ...{ id, controlPlane: 'reachable', dataPlane: 'unknown', status: 'available', isReady: true },
      ...{ acceptsWrites: 'unknown', replication: id === topology.primary ? 'none' : 'running' },
      ...{ samples: [400, 30].map((ago) => ({ at: AT - ago, lag: 0.04 })), lastSeenAlive: AT - 20 },
      ...sights[id],
    })),
  };
}

const GONE: Sights = { paris: { controlPlane: 'unreachable', isReady: false, lastSeenAlive: AT - 300 } };
const RISK = { by: 'Ada', reason: 'the Region is gone' };

function finding(request: Request, observation: Observation, id: string): RunbookFinding | undefined {
  return decide(request, observation).findings.find((each) => each.id === id);
}

test('where all is well nothing is found', () => {
  expect(decide(SWITCHOVER, scene(GLOBAL)).findings).toStrictEqual([]);
  expect(decide(SWITCHOVER, scene(inside('a', 'b'))).findings).toStrictEqual([]);
});

test('a switchover needs a primary that is available by the word of its Region', () => {
  expect(finding(SWITCHOVER, scene(GLOBAL, GONE), 'primary-unwell')).toMatchObject({
    severity: 'block',
    acceptance: 'none',
    problem: 'the primary paris cannot be asked about (unreachable), and a switchover is asked for in its Region',
    fix: 'wait until it is available; when it is lost, use failover',
  });
  const upgrading = scene(GLOBAL, { paris: { status: 'upgrading', isReady: false } });
  expect(finding(SWITCHOVER, upgrading, 'primary-unwell')?.problem).toBe(
    'the primary paris is upgrading, and a switchover is asked for in its Region',
  );
});

test('the risk of a fence that is left to Aurora is taken by name, and never by an override', () => {
  const lost = scene(GLOBAL, GONE);
  expect(finding({ ...FAILOVER, override: ['fence-by-cloud'] }, lost, 'fence-by-cloud')).toStrictEqual({
    id: 'fence-by-cloud',
    severity: 'block',
    acceptance: 'acceptSplitBrainRisk',
    accepted: false,
    problem:
      'paris may still take writes after the promotion: Aurora tries to fence it, and promotes also when that times out',
    fix: 'keep its clients from it by other means, and say in acceptSplitBrainRisk who takes the risk',
  });
  expect(finding({ ...FAILOVER, acceptSplitBrainRisk: RISK }, lost, 'fence-by-cloud')?.accepted).toBe(true);
  const stopped = scene(GLOBAL, { paris: { ...GONE['paris'], stoppedAt: AT - 290 } });
  expect(finding(FAILOVER, stopped, 'fence-by-cloud')).toBeUndefined();
});

test('to detach is found when it is asked for alone, and is in the plan that a person approves', () => {
  const lost = scene(GLOBAL, GONE);
  expect(finding(FAILOVER, lost, 'detach-and-promote')).toBeUndefined();
  const asked: Request = { ...FAILOVER, override: ['detach-and-promote'] };
  expect(finding(asked, lost, 'detach-and-promote')).toMatchObject({
    accepted: true,
    problem:
      'dublin would be detached from the global database of orders: no fence, no snapshot of what is lost, and nobody follows it; the others are to be detached and made anew by hand',
    fix: 'take detach-and-promote out of override, unless a managed failover was refused',
  });
  expect(finding(asked, lost, 'fence-by-cloud')?.problem).toBe(
    'paris may still take writes after the promotion: nothing fences it when the target is detached',
  );
  expect(decide(asked, lost).plan).toMatchObject({
    accepted: ['detach-and-promote'],
    fence: 'nothing fences paris: dublin is detached from it',
    irreversible: 'detach dublin from the global database: it never comes back, and paris stays a primary',
  });
});

test('nothing freezes what is followed by binary log', () => {
  expect(finding(SWITCHOVER, scene(BINLOG), 'cannot-freeze')).toMatchObject({
    problem: 'nothing here freezes the cluster paris, which the others follow by binary log',
    fix: 'stop whoever writes to it, wait until AuroraBinlogReplicaLag is 0, and use failover',
  });
  expect(finding(FAILOVER, scene(BINLOG, GONE), 'cannot-freeze')).toBeUndefined();
});

test.each<[string, TopologyInput, string | undefined]>([
  [
    'of RDS, SQL Server',
    {
      ...{ name: 'orders', engine: { name: 'sqlserver', version: '16.00.4236.2.v1', edition: 'ee' }, primary: 'ada' },
      objectives: { lag: '5m' },
      members: {
        ada: { region: 'eu-west-1', size: 'db.r6i.xlarge', storage: { gib: 100 }, standby: 'multi-az' },
        bab: { region: 'eu-central-1', replicaOf: 'ada', promotion: 1, key: 'create' },
      },
    },
    'sqlserver',
  ],
  ['of Cloud SQL, SQL Server', cloudSql('sqlserver'), 'sqlserver'],
  [
    'of Cloud SQL, one that Cloud SQL hands over',
    withMemberGcp(cloudSql('sqlserver'), 'bab', { cascadable: true }),
    undefined,
  ],
  ['of Cloud SQL, MySQL', cloudSql('mysql'), undefined],
])(
  'what no setting makes read-only is not frozen, and that is told before anything is done: %s',
  (_, input, engine) => {
    const topology = define(input);
    const found = finding({ ...SWITCHOVER, target: 'bab' }, scene(topology), 'cannot-freeze');
    expect(found?.problem).toBe(
      engine && `ada runs ${engine}, which nothing here makes read-only, so that it could be handed over`,
    );
  },
);

test('of one server nobody takes over', () => {
  expect(finding(SWITCHOVER, scene(inside('a')), 'only-one-server')).toMatchObject({
    problem: 'paris has the server a alone: there is nobody to move to',
    fix: 'add a reader to the cluster',
  });
});

test('who is made anew is told of, and is nobody to move to', () => {
  const sights: Sights = { dublin: { status: 'pending-resync', isReady: false, replication: 'stopped' } };
  const { findings, chosen } = decide(SWITCHOVER, scene(GLOBAL, sights));
  expect(chosen).toBeUndefined();
  expect(findings.find(({ id }) => id === 'pending-resync')).toMatchObject({
    severity: 'warn',
    problem:
      'Aurora makes dublin anew from the primary (pending-resync), which takes minutes to hours; until then nothing can move there, back neither',
    fix: 'wait for its synchronisation status to be connected (RDS-EVENT-0241), and look again',
  });
});

test('inside a cluster nothing is asked for that can only be between two storages', () => {
  const down = scene(inside('a', 'b', 'c'), { a: { status: 'failed', isReady: false, dataPlane: 'unreachable' } });
  const { findings, plan, isBlocked } = decide(FAILOVER, down);
  expect({ findings, isBlocked }).toStrictEqual({ findings: [], isBlocked: false });
  expect(plan).toMatchObject({
    ...{ primary: 'a', target: 'b', loss: 'nothing' },
    fence: 'Aurora lets one server at a time write the volume of paris',
    irreversible: 'fail over from a to b: sessions end',
  });
});

test('inside a cluster the lower tier goes first, and of one tier the shorter lag, in whole seconds', () => {
  const topology = inside('a', 'b', 'c', 'd');
  const members = topology.members.map((member) => ({ ...member, promotion: member.id === 'd' ? 0 : 1 }));
  const late = (lag: number): Partial<MemberObservation> => ({ samples: [{ at: AT - 30, lag }] });
  const told = decide(SWITCHOVER, scene({ ...topology, members }, { b: late(2.1), c: late(1.9), d: late(9) }));
  expect(told.candidates.eligible.map(({ member, reason }) => [member, reason])).toStrictEqual([
    ['d', 'reads the volume that a writes; tier 0, 9 s behind in its memory'],
    ['c', 'reads the volume that a writes; tier 1, 1.9 s behind in its memory'],
    ['b', 'reads the volume that a writes; tier 1, 2.1 s behind in its memory'],
  ]);
});
