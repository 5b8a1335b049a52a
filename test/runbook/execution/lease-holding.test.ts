import { UnderstudyError } from '../../../lib/topology';
import { USUAL_LIMITS } from '../../../lib/runbook/execution';
import type { JournalRow, Lease } from '../../../lib/runbook/execution/ports';
import { intercepted } from './_world/intercepted';
import { killedAt, noting } from './_world/mishaps';
import { invoke, isCrash } from './_world/runner';
import { sceneOf, type Scene } from './_world/scenes';

const LEASE = USUAL_LIMITS.leaseTtl;

/** The scene, and a runner of run R that was killed before the first call of that name. */
async function diedBefore(call: string, name: 'switchover' | 'partition' = 'switchover'): Promise<Scene> {
  const calls: string[] = [];
  const whole = await sceneOf(name);
  await invoke(whole.world, whole.event, { ports: noting(whole.world.ports, calls) });
  const scene = await sceneOf(name);
  const ports = killedAt(scene.world.ports, { at: calls.indexOf(call) + 1, when: 'before' });
  await invoke(scene.world, scene.event, { holder: 'carl', ports }).catch((error: unknown) => {
    if (!isCrash(error)) throw error;
  });
  return scene;
}

async function openLease({ world }: Scene): Promise<Lease> {
  const { open } = await world.ledger.standing();
  if (open === undefined) throw new Error('no run is open');
  return open;
}

test('while another run has a runner, who holds the lease is told, and how to look at it and to stop it', async () => {
  const { world, event } = await diedBefore('freeze.do set-read-only');
  const answer = await invoke(world, { ...event, runId: 'S' }, { holder: 'dora' });
  expect(answer).toStrictEqual({
    ...{ runId: 'S', outcome: 'REFUSED', phase: 'start', candidates: [], timings: [] },
    findings: [
      {
        ...{ id: 'lease-held', severity: 'block', acceptance: 'none', accepted: false, fix: 'wait for it, or stop it' },
        problem: 'run R holds the lease: a switchover in phase fence; carl works on it',
      },
    ],
    next: [
      'Nothing was changed: run R holds the lease: a switchover in phase fence; carl works on it.',
      'To go on with it: {"mode":"switchover","reason":"a test","runId":"R"}',
      'To stop it: {"mode":"abort","runId":"R","reason":"why it has to stop"}',
      'To look at it: {"mode":"status","runId":"R"}',
    ],
  });
});

test('a run that was left after its fence has to be gone on with or stopped: nobody takes its place', async () => {
  const { world, event } = await diedBefore('promote.do promote', 'partition');
  await world.clock.wait(LEASE);
  const answer = await invoke(world, { ...event, runId: 'S' }, { holder: 'dora' });
  expect(answer.findings).toStrictEqual([
    {
      ...{ id: 'lease-held', severity: 'block', acceptance: 'none', accepted: false },
      problem: 'run R holds the lease: a failover in phase promote; nobody works on it',
      fix: 'go on with it, or stop it',
    },
  ]);
  expect(await world.ledger.rows('S')).toStrictEqual([]);
  // Whoever goes on with it need not wait for another lease.
  expect((await invoke(world, { ...event, runId: 'R' }, { holder: 'emil' })).outcome).toBe('NEEDS_OPERATOR');
});

test('a run that died before it changed anything is replaced and closed: nobody goes on with it later', async () => {
  const { world, event } = await diedBefore('freeze.next');
  await world.clock.wait(LEASE);
  const other = await invoke(world, { ...event, runId: 'S' }, { holder: 'dora' });
  expect(other.outcome).toBe('DONE');
  const again = await invoke(world, { ...event, runId: 'R' }, { holder: 'emil' });
  expect({ outcome: again.outcome, next: again.next }).toStrictEqual({
    outcome: 'REFUSED',
    next: ['Run S took its place: nobody worked on it, and it had changed nothing.', 'To look again: {"mode":"plan"}'],
  });
  expect(world.cloud.promotions).toStrictEqual(['bab']);
});

/** Its beginning is written with the end of its first phase. */
const FIRST_ROWS = 'ledger.append phase ended';

test('a run that died before it wrote anything down is replaced', async () => {
  const { world, event } = await diedBefore(FIRST_ROWS);
  await world.clock.wait(LEASE);
  expect((await invoke(world, { ...event, runId: 'S' }, { holder: 'dora' })).outcome).toBe('DONE');
});

test('before its end the lease of a dead run holds', async () => {
  const { world, event } = await diedBefore(FIRST_ROWS);
  await world.clock.wait(LEASE - 1);
  const { findings } = await invoke(world, { ...event, runId: 'S' }, { holder: 'dora' });
  expect(findings.map(({ problem }) => problem)).toStrictEqual([
    'run R holds the lease: a run in phase start; carl works on it',
  ]);
});

test('who seems dead and is only slow can write nothing once its journal is read by who takes its place', async () => {
  const scene = await diedBefore('freeze.next');
  const { world, event } = scene;
  const lease = await openLease(scene);
  await world.clock.wait(LEASE);
  const said: unknown[] = [];
  // The slow one wakes up just when the other has read that it had changed nothing.
  const ports = intercepted(world.ports, async (call, go) => {
    const answer = await go();
    const rows = answer as readonly JournalRow[];
    if (call !== 'ledger.rows' || rows.length === 0 || said.length > 0) return answer;
    const attempt = { type: 'attempt', phase: 'fence', procedure: 'freeze', step: 'a', title: 'b' } as const;
    const row: JournalRow = { ...attempt, number: rows.length + 1, at: world.clock.now() };
    said.push(
      await world.ledger.append(lease, row).then(
        () => 'written',
        (error: unknown) => (error as Error).message,
      ),
    );
    return answer;
  });
  expect((await invoke(world, { ...event, runId: 'S' }, { holder: 'dora', ports })).outcome).toBe('DONE');
  expect(said).toStrictEqual(['run R has not the lease any more']);
});

test('a run that another has ended while its lease was asked for is not left open', async () => {
  const scene = await diedBefore('ledger.append ended');
  const { world, event } = scene;
  await world.clock.wait(LEASE);
  let isFirst = true;
  const ended: string[] = [];
  const ports = intercepted(world.ports, async (call, go) => {
    if (call === 'ledger.take' && isFirst) {
      isFirst = false;
      ended.push((await invoke(world, event, { holder: 'emil' })).outcome);
    }
    return go();
  });
  expect((await invoke(world, event, { holder: 'dora', ports })).outcome).toBe('DONE');
  expect(ended).toStrictEqual(['DONE']);
  expect((await world.ledger.standing()).open).toBeUndefined();
  expect(
    (await invoke(world, { ...event, runId: 'S' }, { holder: 'fred' })).findings.map(({ id }) => id),
  ).not.toContain('lease-held');
});

test('two who work on one run: the second hears who does, and when to come again', async () => {
  const { world, event } = await diedBefore('freeze.next');
  const answer = await invoke(world, event, { holder: 'dora' });
  expect({
    outcome: answer.outcome,
    phase: answer.phase,
    next: answer.next,
    resumeAfter: answer.resumeAfter,
  }).toStrictEqual({
    ...{ outcome: 'IN_PROGRESS', phase: 'fence', resumeAfter: LEASE },
    next: [
      'carl works on it.',
      'The run is not over. To go on with it: {"mode":"switchover","reason":"a test","runId":"R"}',
      'To stop it before the promotion: {"mode":"abort","runId":"R","reason":"why it has to stop"}',
    ],
  });
});

test('whom the ledger fails just after the lease was taken leaves it again', async () => {
  const { world, event } = await sceneOf('switchover');
  let taken = false;
  const ports = intercepted(world.ports, async (call, go) => {
    if (call === 'ledger.standing' && taken)
      throw new UnderstudyError('silent', 'the table does not answer', { family: 'unknown' });
    taken = taken || call === 'ledger.take';
    return go();
  });
  await expect(invoke(world, event, { ports })).rejects.toThrow('the table does not answer');
  const { open } = await world.ledger.standing();
  expect(open?.until).toBe(world.clock.now());
});
