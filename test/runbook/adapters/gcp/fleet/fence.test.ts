import { carried, googleStage, PLAIN, type GoogleStage } from '../_helpers/google-stage';

let stage: GoogleStage;
beforeEach(async () => {
  stage = await googleStage();
});
afterEach(() => stage.end());

const settings = () => stage.google.sql.get('orders-ada').settings;
const fence = () => carried(stage, stage.fleet.fence(stage.topology));
const refuses = (ipConfiguration: Record<string, unknown>): void => {
  stage.google.sql.unstoppable.add('orders-ada');
  settings()['ipConfiguration'] = ipConfiguration;
};

test('the primary is stopped, and that it is over is waited for', async () => {
  const { end, calls } = await fence();
  expect(calls).toEqual(['stop']);
  expect(end).toEqual({ kind: 'done', proof: "orders-ada is stopped, by Cloud SQL's own word" });
  expect(stage.google.sql.isBusy('orders-ada')).toBe(false);
  expect((await fence()).calls).toEqual([]);
});

test('a fence whose answer is lost is found out by looking', async () => {
  stage.google.inject({ action: 'instances.patch', mishap: { kind: 'reset', effect: 'after' } });
  expect(await fence()).toMatchObject({ calls: ['stop unclear'], end: { kind: 'done' } });
});

test('a stop that fails is begun once more', async () => {
  stage.google.inject({ action: 'instances.patch', mishap: { kind: 'fails', status: 'INTERNAL_ERROR' } });
  expect(await fence()).toMatchObject({ calls: ['stop', 'stop'], end: { kind: 'done' } });
});

test('who cannot be stopped lets nobody in, where its addresses are public or a service attachment', async () => {
  refuses({
    ...{ ipv4Enabled: true, authorizedNetworks: [{ value: '203.0.113.0/24' }] },
    pscConfig: { pscEnabled: true, allowedConsumerProjects: ['shop'] },
  });
  expect(await fence()).toEqual({
    calls: ['stop refused', 'stop refused', 'close', 'restart-closed'],
    end: { kind: 'done', proof: 'orders-ada lets no network and no project in, and was restarted since' },
  });
  expect(settings()['ipConfiguration']).toMatchObject({
    ...{ ipv4Enabled: true, authorizedNetworks: [] },
    pscConfig: { pscEnabled: true, allowedConsumerProjects: [] },
  });
});

test('who cannot be stopped and has a private address cannot be fenced', async () => {
  refuses({ privateNetwork: 'projects/acme-prod/global/networks/main' });
  const { end } = await fence();
  expect(end).toMatchObject({ kind: 'stuck' });
  expect(end.kind === 'stuck' ? end.problem : '').toMatch(
    /^orders-ada cannot be stopped \(.*\), and nothing closes its private address; keep its clients from it by a firewall rule$/,
  );
});

test('who is gone needs no fence', async () => {
  const topology = {
    ...stage.topology,
    name: 'orders',
    members: stage.topology.members.map((member) => ({ ...member, gcp: { flags: {}, network: {}, name: 'nobody' } })),
  };
  expect((await carried(stage, stage.fleet.fence(topology))).end).toEqual({
    kind: 'done',
    proof: 'Cloud SQL has no nobody any more',
  });
});

test('a fence is taken back', async () => {
  await fence();
  const back = await carried(stage, stage.fleet.unfence(stage.topology, 'ada'));
  expect(back).toEqual({
    calls: ['start'],
    end: { kind: 'done', proof: 'orders-ada runs, and no flag makes it read-only' },
  });
  expect(settings().activationPolicy).toBe('ALWAYS');
});

test('planned: the primary takes no writes by a flag, and a restart ends its sessions', async () => {
  settings().databaseFlags = [{ name: 'max_connections', value: '500' }];
  expect(await carried(stage, stage.fleet.freeze(stage.topology))).toEqual({
    calls: ['set-read-only', 'restart'],
    end: { kind: 'done', proof: 'orders-ada was restarted with the flag default_transaction_read_only on' },
  });
  expect(settings().databaseFlags).toEqual([
    { name: 'max_connections', value: '500' },
    { name: 'default_transaction_read_only', value: 'on' },
  ]);
  expect((await carried(stage, stage.fleet.unfreeze(stage.topology, 'ada'))).calls).toEqual(['unset-read-only']);
  expect(settings().databaseFlags).toEqual([{ name: 'max_connections', value: '500' }]);
  expect((await carried(stage, stage.fleet.unfreeze(stage.topology, 'ada'))).calls).toEqual([]);
});

test('a restart that fails twice is told', async () => {
  stage.google.inject({ action: 'instances.restart', mishap: { kind: 'fails', status: 'INTERNAL_ERROR' }, times: 2 });
  expect(await carried(stage, stage.fleet.freeze(stage.topology))).toEqual({
    calls: ['set-read-only', 'restart', 'restart'],
    end: {
      kind: 'stuck',
      problem:
        'restart orders-ada, which ends all sessions: Cloud SQL began it 2 times, and failed (INTERNAL_ERROR: An unknown error occurred.)',
    },
  });
});

test('SQL Server knows no such flag', async () => {
  const topology = { ...stage.topology, engine: { name: 'sqlserver', version: '2022' } as const };
  expect(await stage.fleet.freeze(topology).next([])).toEqual({
    kind: 'stuck',
    problem:
      'ada runs sqlserver, which no flag makes read-only; allowed: postgres, mysql; stop its clients by hand, and use failover',
  });
});

test('a change of somebody else in between is not overwritten', async () => {
  const step = await stage.fleet.freeze(stage.topology).next([]);
  settings().settingsVersion = '7';
  if (step.kind !== 'do') throw new Error(step.kind);
  await expect(step.call()).rejects.toMatchObject({ code: 'google-refused', reason: 'staleData' });
  expect(PLAIN).toHaveLength(2);
});
