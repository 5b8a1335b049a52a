import { awsStage, type AwsStage } from '../../../bench/runbook/aws-stage';
import type { RunbookResult } from '../../../lib/runbook/contract';

// Whole runs, over HTTP, where other tests run beside.
jest.setTimeout(60_000);

const INPUT = {
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'ada',
  objectives: { lag: '5m', dataLoss: '10m' },
  members: {
    ada: { region: 'us-east-1', size: 'db.m7g.large', storage: { gib: 100 } },
    bab: { region: 'eu-west-1', replicaOf: 'ada', promotion: 1, key: 'create' },
    cyd: { region: 'us-east-1', replicaOf: 'ada', promotion: 2 },
  },
} as const;

let stage: AwsStage;

beforeEach(async () => {
  stage = await awsStage(INPUT);
  await stage.watch();
  stage.clock.advance(60);
  await stage.watch();
});

afterEach(async () => {
  await stage.close();
});

async function approved(mode: 'switchover' | 'failover', consent = {}): Promise<RunbookResult> {
  const before = stage.cloud.mutations.length;
  const plan = await stage.ask({ mode: 'plan', ...consent });
  expect(plan).toMatchObject({ outcome: 'DONE', plan: { mode, primary: 'ada', target: 'bab' } });
  expect(stage.cloud.mutations).toHaveLength(before);
  return stage.ask({ mode, reason: 'a drill', approve: plan.planHash, ...consent });
}

/** What was changed at the cloud, in order; the journal aside. */
function changes(): readonly string[] {
  return stage.cloud.mutations
    .filter(({ service }) => service !== 'dynamodb')
    .map(({ region, action, outcome }) => `${region} ${action}${outcome === 'ok' ? '' : ` ${outcome}`}`);
}

function expectMoved(): void {
  const { cloud } = stage;
  expect(cloud.fleet.instance('eu-west-1', 'orders-bab')).toMatchObject({
    ...{ source: undefined, status: 'available', backupRetention: 7, deletionProtection: true },
  });
  expect(cloud.parameters.value('eu-west-1', '/understudy/writer')).toBe(
    cloud.fleet.instance('eu-west-1', 'orders-bab').endpoint.address,
  );
  expect(cloud.fleet.instance('us-east-1', 'orders-ada')).toMatchObject({
    securityGroups: ['sg-quarantine-us-east-1'],
    tags: expect.arrayContaining([expect.objectContaining({ key: 'understudy:forensic-hold' })]) as unknown,
  });
  expect(cloud.fleet.instance('us-east-1', 'orders-bab-2').source).toBe(
    cloud.fleet.instance('eu-west-1', 'orders-bab').arn,
  );
}

test('a switchover, from the plan to the replica of the new primary', async () => {
  const result = await approved('switchover');
  expect(result).toMatchObject({ outcome: 'DONE', phase: 'report', fence: { outcome: 'proven' } });
  expectMoved();
  expect(changes().filter((change) => change.endsWith('PromoteReadReplica'))).toEqual(['eu-west-1 PromoteReadReplica']);
});

test('a failover, with a primary that died', async () => {
  stage.databases.kill('orders-ada');
  stage.clock.advance(40);
  const result = await approved('failover', { acceptDataLoss: 1000 });
  expect(result).toMatchObject({ outcome: 'DONE', phase: 'report', fence: { outcome: 'proven' } });
  expectMoved();
});

test('a failover away from a Region that is gone waits for nobody there', async () => {
  stage.databases.kill('orders-ada');
  stage.databases.kill('orders-cyd');
  stage.cloud.cut('us-east-1', 'reset');
  stage.clock.advance(120);
  const consent = { acceptDataLoss: 2000, acceptSplitBrainRisk: { by: 'Ada', reason: 'the Region is gone' } };
  const result = await approved('failover', consent);
  expect(result).toMatchObject({ outcome: 'DEGRADED', fence: { outcome: 'impossible', accepted: { by: 'Ada' } } });
  expect(stage.cloud.fleet.instance('eu-west-1', 'orders-bab').source).toBeUndefined();
  expect(stage.cloud.parameters.value('eu-west-1', '/understudy/writer')).toContain('orders-bab');
});

test('a run whose answer to the promotion is lost looks, and calls once', async () => {
  stage.cloud.inject({ action: 'PromoteReadReplica', mishap: { kind: 'reset', effect: 'after' } });
  const result = await approved('switchover');
  expect(result.outcome).toBe('DONE');
  expect(changes().filter((change) => change.includes('PromoteReadReplica'))).toEqual([
    'eu-west-1 PromoteReadReplica reset',
  ]);
});

test('a host that ends again and again brings the run to the same end', async () => {
  const plan = await stage.ask({ mode: 'plan' });
  const event = { mode: 'switchover', reason: 'a drill', approve: plan.planHash, runId: 'one' } as const;
  let result: RunbookResult;
  let invocations = 0;
  do {
    invocations += 1;
    const until = stage.clock.now() / 1000 + 100;
    result = await stage.ask(event, { holder: `host ${invocations}`, until });
  } while (result.outcome === 'IN_PROGRESS' && invocations < 50);
  expect(result.outcome).toBe('DONE');
  expect(invocations).toBeGreaterThan(5);
  expectMoved();
});
