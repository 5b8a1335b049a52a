import type { Mishap } from '../../../../../lib/rehearsal';
import { promoting } from '../../../../../lib/runbook/adapters/gcp/fleet/promote';
import { SqlAdmin } from '../../../../../lib/runbook/adapters/gcp/fleet/sql-admin';
import type { RestClient } from '../../../../../lib/runbook/adapters/gcp/rest/rest-client';
import type { Procedure } from '../../../../../lib/runbook/execution/ports';
import { enterprise } from '../../../../_helpers/sample-cloud-sql';
import { carried, googleStage, PLAIN, PROJECT, type GoogleStage } from '../_helpers/google-stage';

let stage: GoogleStage;
beforeEach(async () => {
  stage = await googleStage();
});
afterEach(() => stage.end());

function promotion(kind: 'failover' | 'switchover'): Procedure {
  const { topology, rest, clock } = stage;
  return promoting({ topology, clock, sql: new SqlAdmin(rest, PROJECT) }, 'bab', kind);
}

const called = (): readonly string[] => stage.google.mutations.map(({ method, outcome }) => `${method} ${outcome}`);
const source = (name: string): string | undefined => stage.google.sql.get(name).masterInstanceName;
const DONE = { kind: 'done', proof: "orders-bab follows nobody and is RUNNABLE, by Cloud SQL's own word" };

test('of a designated pair a failover brings the old primary back as a replica', async () => {
  expect(await carried(stage, promotion('failover'))).toEqual({ calls: ['failover'], end: DONE });
  expect(called()).toEqual(['sqladmin.instances.promoteReplica ok']);
  expect(source('orders-ada')).toBeUndefined();
  stage.time.advance(300);
  expect(source('orders-ada')).toBe('acme-prod:orders-bab');
});

test('a switchover turns the two round', async () => {
  expect(await carried(stage, promotion('switchover'))).toEqual({ calls: ['switchover'], end: DONE });
  expect(called()).toEqual(['sqladmin.instances.switchover ok']);
  expect([source('orders-ada'), source('orders-bab')]).toEqual(['acme-prod:orders-bab', undefined]);
});

test.each<[string, Readonly<Record<string, string>>]>([
  ['POSTGRES_17', { dbTimeout: '600s' }],
  ['MYSQL_8_4', { dbTimeout: '600s' }],
  ['SQLSERVER_2022_ENTERPRISE', {}],
])('a switchover of %s has the patience that its API takes', async (databaseVersion, query) => {
  const call = jest.fn(() => Promise.resolve());
  await new SqlAdmin({ call } as unknown as RestClient, PROJECT).switchover(
    { name: 'orders-bab', databaseVersion },
    600,
  );
  expect(call).toHaveBeenCalledWith(
    expect.objectContaining({ path: '/v1/projects/acme-prod/instances/orders-bab/switchover', query }),
  );
});

test.each(['failover', 'switchover'] as const)(
  'without a pair a %s promotes, and the old primary stays one',
  async (kind) => {
    await stage.end();
    stage = await googleStage({ instances: PLAIN, topology: enterprise() });
    expect(await carried(stage, promotion(kind))).toEqual({ calls: ['promote'], end: DONE });
    stage.time.advance(3600);
    expect([source('orders-ada'), source('orders-bab')]).toEqual([undefined, undefined]);
    expect(called()).toEqual(['sqladmin.instances.promoteReplica ok']);
  },
);

test('of a pair that is declared and not designated nobody is promoted on purpose: nothing was frozen', async () => {
  await stage.end();
  stage = await googleStage({ instances: PLAIN });
  expect(await carried(stage, promotion('switchover'))).toEqual({
    calls: [],
    end: {
      kind: 'stuck',
      problem:
        'orders-bab is to be switched over to, and Cloud SQL has not designated it; run `pulumi up --refresh` once more, or take gcp.drReplica away: then the primary is frozen first, and it is promoted',
    },
  });
});

test('who is promoted already is not promoted again', async () => {
  await carried(stage, promotion('switchover'));
  expect(await carried(stage, promotion('switchover'))).toEqual({ calls: [], end: DONE });
});

test.each<[string, Mishap, readonly string[]]>([
  ['an answer that is lost is looked for', { kind: 'reset', effect: 'after' }, ['failover unclear']],
  ['a call that was throttled is made again', { kind: 'throttle' }, ['failover not-taken', 'failover']],
])('%s, and the promotion is made once', async (_, mishap, calls) => {
  stage.google.inject({ action: 'instances.promoteReplica', mishap });
  expect(await carried(stage, promotion('failover'))).toEqual({ calls, end: DONE });
  expect(stage.google.sql.operations.filter(({ operationType }) => operationType === 'PROMOTE_REPLICA')).toHaveLength(
    1,
  );
});

test('an operation that fails is told in its words, and not begun again', async () => {
  stage.google.inject({ action: 'instances.promoteReplica', mishap: { kind: 'fails', status: 'INTERNAL_ERROR' } });
  expect(await carried(stage, promotion('failover'))).toEqual({
    calls: ['failover'],
    end: {
      kind: 'stuck',
      problem: 'the failover of orders-bab was begun, and Cloud SQL failed: INTERNAL_ERROR: An unknown error occurred.',
    },
  });
});

test('other work is waited for', async () => {
  stage.google.sql.begin('orders-bab', 'MAINTENANCE', { seconds: 120, effect: () => undefined });
  expect(await promotion('failover').next([])).toMatchObject({
    ...{ kind: 'wait', title: 'orders-bab, which Cloud SQL is busy with (MAINTENANCE)' },
  });
  expect((await carried(stage, promotion('failover'))).calls).toEqual(['failover']);
});

test.each([
  [
    'FAILED',
    'orders-bab is FAILED, which does not end by itself; restore it from a backup, or ask Google: Cloud SQL could not make it, or lost it',
  ],
  [
    'SUSPENDED',
    'orders-bab is SUSPENDED, which does not end by itself; see to the billing of its project, or to its key: Cloud SQL has stopped it',
  ],
])('who is %s cannot be promoted', async (state, problem) => {
  stage.google.sql.get('orders-bab').state = state;
  expect((await carried(stage, promotion('failover'))).end).toEqual({ kind: 'stuck', problem });
});

test('a call that leaves no trace is offered again after three minutes: whether it is made is not its to say', async () => {
  const at = stage.clock.now();
  const attempts = [{ step: 'failover', at, outcome: 'unclear' }] as const;
  expect(await promotion('failover').next(attempts)).toMatchObject({ kind: 'wait' });
  stage.time.advance(181);
  expect(await promotion('failover').next(attempts)).toMatchObject({ kind: 'do', id: 'failover' });
});
