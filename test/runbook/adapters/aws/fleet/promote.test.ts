import { tearDown } from '../../../../rehearsal/_helpers/stage';
import { HOW, mutationsOf, setUpFleet, TOPOLOGY, type Drive, type FleetStage } from '../_helpers/fleet-stage';
import type { Mishap } from '../../../../../lib/rehearsal';

afterEach(tearDown);

const promote = (stage: FleetStage, options?: Parameters<FleetStage['drive']>[1]): Promise<Drive> =>
  stage.drive((fleet) => fleet.promote(TOPOLOGY, 'bab', HOW), options);

const DONE = { kind: 'done', proof: "orders-bab in eu-west-1 follows nobody and is available, by RDS's own word" };

test('one call, and then waiting until it follows nobody', async () => {
  const stage = await setUpFleet();
  const { end, calls, seconds } = await promote(stage, { isPunctual: true });
  expect(end).toEqual(DONE);
  expect(calls).toEqual(['promote done']);
  expect(stage.find('orders-bab')).toMatchObject({ source: undefined, status: 'available', backupRetention: 7 });
  // 45 s of lingering, 135 s of promotion, 60 s of reboot, 60 s of the first backup and 20 s until the source is gone.
  expect(seconds).toBeGreaterThanOrEqual(320);
  expect(seconds).toBeLessThanOrEqual(325);
});

test('the call names what it does', async () => {
  const step = await (await setUpFleet()).fleet().promote(TOPOLOGY, 'bab', HOW).next([]);
  expect(step).toEqual({
    kind: 'do',
    id: 'promote',
    title: 'promote orders-bab in eu-west-1, which cannot be taken back',
    call: expect.any(Function) as unknown,
  });
});

test.each<readonly [string, Mishap, readonly string[]]>([
  ['throttled', { kind: 'throttle' }, ['promote not-taken', 'promote done']],
  ['lost after its effect', { kind: 'timeout', effect: 'after', seconds: 5 }, ['promote unclear']],
  ['reset after its effect', { kind: 'reset', effect: 'after' }, ['promote unclear']],
  ['lost before its effect', { kind: 'timeout', effect: 'before', seconds: 5 }, ['promote unclear', 'promote done']],
  [
    "the service's own fault",
    { kind: 'error', code: 'InternalFailure', message: 'Oops.', httpStatus: 500 },
    ['promote unclear', 'promote done'],
  ],
])('%s: it comes to the same end', async (_, mishap, calls) => {
  const stage = await setUpFleet({ faults: [{ action: 'PromoteReadReplica', mishap }] });
  const drive = await promote(stage);
  expect(drive.end).toEqual(DONE);
  expect(drive.calls).toEqual(calls);
  expect(stage.cloud.mutations.filter(({ effect }) => effect)).toHaveLength(1);
});

test('an answer that was lost: exactly one call on the wire', async () => {
  const stage = await setUpFleet({
    faults: [{ action: 'PromoteReadReplica', mishap: { kind: 'reset', effect: 'after' }, times: 9 }],
  });
  await promote(stage);
  expect(mutationsOf(stage.cloud)).toEqual(['PromoteReadReplica made reset']);
});

test('a call without any effect is offered again only after three minutes', async () => {
  const stage = await setUpFleet();
  const procedure = stage.fleet().promote(TOPOLOGY, 'bab', HOW);
  const attempts = [{ step: 'promote', at: stage.clock.now() / 1000, outcome: 'unclear' }] as const;
  stage.clock.advance(179);
  expect(await procedure.next(attempts)).toEqual({
    kind: 'wait',
    title: 'the promotion of orders-bab in eu-west-1 (available)',
    seconds: 5,
  });
  stage.clock.advance(1);
  expect((await procedure.next(attempts)).kind).toBe('do');
});

test.each([
  { call: 0, isMade: true },
  { call: 0, isMade: false },
])('a runner that died in the call (%p): the next one comes to the same end', async (crash) => {
  const stage = await setUpFleet();
  expect((await promote(stage, { crash })).end).toEqual(DONE);
  expect(stage.cloud.mutations.filter(({ effect }) => effect)).toHaveLength(1);
});

test('a backup is waited for', async () => {
  const stage = await setUpFleet();
  stage.cloud.fleet.backUp('eu-west-1', 'orders-bab', 100);
  expect(await stage.fleet().promote(TOPOLOGY, 'bab', HOW).next([])).toEqual({
    kind: 'wait',
    title: 'orders-bab in eu-west-1, which is backing-up, to be available: RDS refuses to promote it before',
    seconds: 2,
  });
  expect((await promote(stage)).end).toEqual(DONE);
});

test('denied twice: no effect, and it ends', async () => {
  const stage = await setUpFleet({
    faults: [{ action: 'PromoteReadReplica', mishap: { kind: 'access-denied' }, times: 9 }],
  });
  const { end, calls } = await promote(stage);
  expect(end).toEqual({ kind: 'failed', problem: 'promote was refused twice' });
  expect(calls).toEqual(['promote refused', 'promote refused']);
});

test.each([
  ['failed', 'restore it from a backup: RDS cannot recover it'],
  ['storage-full', 'give it more storage, and run again'],
  ['incompatible-parameters', 'give it a parameter group with which it starts, and reboot it'],
  ['inaccessible-encryption-credentials', 'give RDS access to its KMS key again, then start it'],
  ['deleting', 'it is being deleted, and will be gone: go on without it'],
])('%s is told', async (status, fix) => {
  const stage = await setUpFleet({
    faults: [{ action: 'PromoteReadReplica', mishap: { kind: 'fails', status } }],
  });
  expect((await promote(stage)).end).toEqual({
    kind: 'stuck',
    problem: `orders-bab is ${status}, which does not end by itself; ${fix}`,
  });
});

test('a target that is not there is told', async () => {
  const stage = await setUpFleet({ instances: [] });
  expect((await promote(stage)).end).toEqual({
    kind: 'stuck',
    problem: 'RDS has no orders-bab in eu-west-1; declare the identifier that it has',
  });
});

test('a Region that does not answer is an error of the look', async () => {
  const stage = await setUpFleet();
  stage.cloud.cut('eu-west-1', 'reset');
  expect((await promote(stage)).end).toEqual({
    kind: 'failed',
    problem:
      'rds:DescribeDBInstances of orders-bab in eu-west-1 was not answered as it should be ' +
      '(ECONNRESET: read ECONNRESET)',
  });
});
