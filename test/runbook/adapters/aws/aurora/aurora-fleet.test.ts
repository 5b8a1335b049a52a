import { isUnderstudyError, type TopologyInput } from '../../../../../lib/topology';
import type { Attempt, Promotion, Step } from '../../../../../lib/runbook/execution/ports';
import { arnOf, type AuroraCloud } from '../../../whole/_aurora/aurora-cloud';
import { auroraStage, type AuroraStage } from '../../../whole/_aurora/aurora-stage';

jest.setTimeout(30_000);

const INPUT: TopologyInput = {
  name: 'orders',
  kind: 'global',
  engine: { name: 'aurora-postgresql', version: '16.8' },
  primary: 'paris',
  objectives: { lag: '5s' },
  members: {
    paris: { region: 'eu-west-3', size: 'db.r7g.large', instances: { a: {}, b: {} } },
    dublin: {
      ...{ region: 'eu-west-1', size: 'db.r7g.large', replicaOf: 'paris', promotion: 1, key: 'create' },
      instances: { a: {} },
    },
  },
};

const PLANNED: Promotion = { kind: 'switchover', accepted: [], isFenced: true };
const UNPLANNED: Promotion = { kind: 'failover', accepted: [], isFenced: true };

let stage: AuroraStage;
let cloud: AuroraCloud;

beforeEach(() => {
  stage = auroraStage(INPUT, (made) => {
    made.add('orders-paris', 'eu-west-3', ['orders-paris-a', 'orders-paris-b']);
    made.add('orders-dublin', 'eu-west-1', ['orders-dublin-a']);
    made.global = {
      id: 'orders',
      hasEndpoint: true,
      members: ['orders-paris', 'orders-dublin'],
      writer: 'orders-paris',
    };
  });
  ({ cloud } = stage);
});

const move = (how: Promotion, attempts: readonly Attempt[] = []): Promise<Step> =>
  stage.ports.fleet.promote(stage.topology, 'dublin', how).next(attempts);

async function problemOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
  } catch (error) {
    if (isUnderstudyError(error)) return `${error.family}: ${error.message}`;
    throw error;
  }
  return 'none';
}

test('the call names what it does', async () => {
  expect(await move(PLANNED)).toMatchObject({
    ...{ kind: 'do', id: 'move', title: 'switch the global database orders over to orders-dublin in eu-west-1' },
  });
  expect(await move(UNPLANNED)).toMatchObject({
    title:
      'fail the global database orders over to orders-dublin in eu-west-1, allowing data loss, which cannot be taken back',
  });
});

test('a call without any effect is offered again after three minutes', async () => {
  const attempts = [{ step: 'move', at: cloud.now(), outcome: 'unclear' }] as const;
  cloud.clock.advance(179);
  expect(await move(PLANNED, attempts)).toMatchObject({
    kind: 'wait',
    title: 'the move to orders-dublin in eu-west-1',
  });
  cloud.clock.advance(1);
  expect((await move(PLANNED, attempts)).kind).toBe('do');
});

test.each<readonly [string, () => void, string]>([
  [
    'a move that is under way to another',
    () => (cloud.moving = { status: 'switching-over', from: '', to: arnOf({ region: 'us-east-1', id: 'other' }) }),
    'Aurora moves the global database to arn:aws:rds:us-east-1:123456789012:cluster:other (switching-over)',
  ],
  [
    'a target that is made anew',
    () => (cloud.cluster('orders-dublin').sync = 'pending-resync'),
    'orders-dublin in eu-west-1 is pending-resync: Aurora makes it anew from the primary, and nothing can move there before that is over',
  ],
  [
    'a target that lost its last server',
    () => (cloud.cluster('orders-dublin').servers = []),
    'orders-dublin in eu-west-1 has no server any more: it is headless',
  ],
  [
    'a target that was detached',
    () => cloud.global?.members.pop(),
    'orders-dublin in eu-west-1 is no cluster of the global database any more',
  ],
])('%s is stuck', async (_, make, problem) => {
  make();
  expect(await move(PLANNED)).toStrictEqual({ kind: 'stuck', problem });
});

test('a status of a move that nobody knows is a move that is under way', async () => {
  cloud.moving = { status: 'reconsidering', from: '', to: arnOf(cloud.cluster('orders-dublin')) };
  expect(await move(PLANNED)).toMatchObject({
    kind: 'wait',
    title: 'Aurora to move to orders-dublin in eu-west-1 (reconsidering)',
  });
});

test('unplanned, nobody in the lost Region is asked', async () => {
  cloud.dead.add('eu-west-3');
  expect((await move(UNPLANNED)).kind).toBe('do');
  cloud.dead.add('eu-west-1');
  expect(await problemOf(move(UNPLANNED))).toMatch(/in eu-west-1 was not answered as it should be/);
});

test('a global database that is not there is told', async () => {
  cloud.global = undefined;
  expect(await problemOf(move(PLANNED))).toBe(
    'retryable: RDS has no global database orders; allowed: the one that orders is; fix: declare its globalIdentifier',
  );
  const { obstacles } = await stage.ports.fleet.look(stage.topology);
  expect(obstacles).toContainEqual({
    id: 'global-unseen',
    severity: 'warn',
    acceptance: 'none',
    problem: 'RDS has no global database of that name',
    fix: 'see that it has the declared globalIdentifier, and that rds:DescribeGlobalClusters is allowed',
  });
});

test('a look: the cloud says who follows, and a Region that is silent is unreachable', async () => {
  cloud.dead.add('eu-west-3');
  const { members } = await stage.ports.fleet.look(stage.topology);
  expect(members).toMatchObject([
    { id: 'paris', controlPlane: 'unreachable', isReady: false },
    { id: 'dublin', controlPlane: 'reachable', status: 'available', replication: 'running', isAskable: false },
  ]);
  // Milliseconds at CloudWatch, seconds here.
  expect(members[1]?.samples.at(-1)?.lag).toBe(0.04);
});

test('a cluster that is not there is told, and one that was detached follows nobody', async () => {
  cloud.clusters.shift();
  cloud.global?.members.pop();
  const { members, obstacles } = await stage.ports.fleet.look(stage.topology);
  expect(members.map(({ status, replication }) => [status, replication])).toStrictEqual([
    ['not there', 'unknown'],
    ['available', 'none'],
  ]);
  expect(obstacles.map(({ problem }) => problem)).toContain('RDS has no cluster orders-paris in eu-west-3');
});

test('a server as a target opens the cluster of the primary, and nobody else does', async () => {
  const { fleet } = stage.ports;
  expect(await fleet.current?.(stage.topology, 'b')).toMatchObject({
    primary: 'a',
    within: { member: 'paris', identifier: 'orders-paris', region: 'eu-west-3' },
    members: [{ id: 'a' }, { id: 'b', replicaOf: 'a' }],
  });
  expect(await fleet.current?.(stage.topology, 'dublin')).toStrictEqual(stage.topology);
  // A name that is misspelt is nobody's: of the members, somebody is told to choose.
  expect(await fleet.current?.(stage.topology, 'dubbin')).toStrictEqual(stage.topology);
  cloud.dead.add('eu-west-3');
  expect(await fleet.current?.(stage.topology, 'b')).toStrictEqual(stage.topology);
});

test('nothing here fences or opens a cluster', async () => {
  const { fleet } = stage.ports;
  const next = (step: Promise<Step>): Promise<Step> => step;
  expect(await next(fleet.unfence(stage.topology, 'paris').next([]))).toStrictEqual({
    kind: 'stuck',
    problem: 'nothing here fences a cluster, so nothing opens paris; Aurora blocks and opens its storage itself',
  });
  expect(await next(fleet.unfreeze(stage.topology, 'paris').next([]))).toStrictEqual({
    kind: 'done',
    proof: 'nothing here had silenced paris',
  });
});
