import { UnderstudyError } from '../../../lib/topology';
import { USUAL_LIMITS } from '../../../lib/runbook/execution';
import { Run } from '../../../lib/runbook/execution/run';
import type { JournalRow } from '../../../lib/runbook/execution/ports';
import { intercepted } from './_world/intercepted';
import { manualRun } from './_world/manual-run';
import { PAIR } from './_world/scenes';
import { DAWN, World } from './_world/world';

const interruption = (signal: string, message: string): object =>
  expect.objectContaining({ code: 'interrupted', family: 'retryable', signal, message }) as object;

test('its attempts are those of its journal, with what became of each', async () => {
  const world = new World({ topology: PAIR });
  const run = await manualRun(world);
  const attempt = { type: 'attempt', phase: 'fence', procedure: 'freeze', title: 'a title' } as const;
  const answer = { type: 'answer', phase: 'fence', procedure: 'freeze' } as const;
  await run.append({ ...attempt, step: 'a' });
  await run.append({ ...attempt, step: 'other', procedure: 'fence' });
  await world.clock.wait(3);
  await run.append({ ...attempt, step: 'a' });
  await run.append({ ...attempt, step: 'b' });
  await run.append({ ...answer, step: 'a', outcome: 'unclear', problem: 'no answer' });
  await run.append({ ...answer, step: 'b', outcome: 'done' });
  expect(run.attemptsIn('freeze')).toStrictEqual([
    { step: 'a', at: DAWN, outcome: 'asked' },
    { step: 'a', at: DAWN + 3, outcome: 'unclear', problem: 'no answer' },
    { step: 'b', at: DAWN + 3, outcome: 'done' },
  ]);
});

test('a row is written under the next number, with the next one that counts; who watches sees it when it is written', async () => {
  const world = new World({ topology: PAIR });
  const watched: JournalRow[] = [];
  const run = await manualRun(world, { host: { onRow: (row) => watched.push(row) } });
  await run.append({ type: 'shortfall', phase: 'restore', problem: 'a problem' });
  expect(run.rows.length).toBe(2);
  expect((await world.ledger.rows('M')).length).toBe(1);
  await run.append({ type: 'ended', outcome: 'DONE' });
  expect(watched).toStrictEqual(await world.ledger.rows('M'));
  expect(watched.map(({ number, type }) => [number, type])).toStrictEqual([
    [1, 'begun'],
    [2, 'shortfall'],
    [3, 'ended'],
  ]);
});

const SHORTFALL = { type: 'shortfall', phase: 'restore', problem: 'a problem' } as const;

test.each([
  ['a wait', (run: Run) => run.wait(1, 'the kettle')],
  ['whoever comes next', (run: Run) => run.leave()],
  [
    'a call that is announced',
    (run: Run) => run.append({ type: 'attempt', phase: 'fence', procedure: 'p', step: 's', title: 't' }),
  ],
])('nothing that was noted is kept from %s', async (_, next) => {
  const world = new World({ topology: PAIR });
  const run = await manualRun(world);
  await run.append(SHORTFALL);
  await next(run);
  expect((await world.ledger.rows('M'))[1]).toMatchObject(SHORTFALL);
});

test('what nobody can stop asks for a lease again that was held a moment ago only when time has passed', async () => {
  const world = new World({ topology: PAIR });
  const asked: string[] = [];
  const ports = intercepted(world.ports, (call, go) => {
    asked.push(call);
    return go();
  });
  const run = await manualRun(world, { ports });
  asked.length = 0;
  await run.checkpoint(false);
  expect(asked).toStrictEqual([]);
  await run.checkpoint(true);
  expect(asked).toStrictEqual(['ledger.renew']);
  await world.clock.wait(1);
  await run.checkpoint(false);
  expect(asked).toStrictEqual(['ledger.renew', 'ledger.renew']);
});

test('a row that could not be written is not there, and the runner stops', async () => {
  const world = new World({ topology: PAIR });
  const ports = intercepted(world.ports, (call, go) =>
    call === 'ledger.append shortfall' ? Promise.reject(new UnderstudyError('silent', 'the table is silent')) : go(),
  );
  const run = await manualRun(world, { ports });
  await run.append(SHORTFALL);
  const writing = run.flush();
  await expect(writing).rejects.toStrictEqual(interruption('lease lost', 'the table is silent'));
  expect(run.rows.length).toBe(1);
});

test('at a checkpoint the lease is held on for its whole life', async () => {
  const world = new World({ topology: PAIR });
  const run = await manualRun(world);
  await world.clock.wait(50);
  await run.checkpoint(false);
  expect((await world.ledger.standing()).open?.until).toBe(DAWN + 50 + USUAL_LIMITS.leaseTtl);
});

test('it stops where the lease was taken by another', async () => {
  const world = new World({ topology: PAIR });
  const run = await manualRun(world);
  await world.clock.wait(USUAL_LIMITS.leaseTtl);
  await world.ledger.take({ runId: 'M', holder: 'other', ttl: 120, at: world.clock.now() });
  const lost = interruption('lease lost', 'run M has not the lease any more');
  await expect(run.checkpoint(false)).rejects.toStrictEqual(lost);
  await expect(run.append({ type: 'ended', outcome: 'DONE' })).rejects.toStrictEqual(lost);
  // Leaving what one does not have is no error, and takes nothing from who has it.
  await run.leave();
  expect((await world.ledger.standing()).open?.until).toBe(world.clock.now() + 120);
});

test('it stops where somebody wants it to, unless it cannot any more', async () => {
  const world = new World({ topology: PAIR });
  const run = await manualRun(world);
  await world.ledger.askAbort('M', { type: 'abort asked', by: 'dora', reason: 'a mistake' }, DAWN);
  await run.checkpoint(false);
  await expect(run.checkpoint(true)).rejects.toStrictEqual(interruption('abort asked', 'an operator asked to stop'));
});

test('on its way it hears that a quarter of a second later, and before what nobody can take back at once', async () => {
  const world = new World({ topology: PAIR });
  const run = await manualRun(world);
  const asked = interruption('abort asked', 'an operator asked to stop');
  await run.pass(true);
  await world.ledger.askAbort('M', { type: 'abort asked', by: 'dora', reason: 'a mistake' }, DAWN);
  await world.clock.wait(0.249);
  await run.pass(true);
  await expect(run.checkpoint(true)).rejects.toStrictEqual(asked);
  await world.clock.wait(0.25);
  await expect(run.pass(true)).rejects.toStrictEqual(asked);
  // Heard where nobody can stop it, it is not forgotten where somebody can.
  await world.clock.wait(1);
  await run.pass(false);
  await expect(run.pass(true)).rejects.toStrictEqual(asked);
});

test('it stops when its host ends, and waits no longer than that', async () => {
  const world = new World({ topology: PAIR });
  const waits: string[] = [];
  const host = { until: DAWN + 10, onWait: (title: string) => waits.push(title) };
  const run = await manualRun(world, { host });
  await run.checkpoint(false);
  await run.wait(60, 'the kettle');
  expect({ now: world.clock.now(), waits }).toStrictEqual({ now: DAWN + 10, waits: ['the kettle'] });
  const isOver = interruption('out of time', "the host's time is over");
  await expect(run.checkpoint(false)).rejects.toStrictEqual(isOver);
  // To wait no time at all, again and again, would never end.
  await expect(run.wait(60, 'the kettle')).rejects.toStrictEqual(isOver);
  expect(world.clock.now()).toBe(DAWN + 10);
});

test('a journal without its beginning is gone on with by nobody', async () => {
  const world = new World({ topology: PAIR });
  const { ports, host, limits } = await manualRun(world);
  const { open } = await world.ledger.standing();
  if (open === undefined) throw new Error('no run is open');
  const row: JournalRow = { type: 'ended', outcome: 'DONE', number: 1, at: DAWN };
  const broken = new Run({ ports, host, limits, lease: open, rows: [row] });
  const thrown = (() => {
    try {
      return broken.topology;
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toStrictEqual(interruption('lease lost', 'the journal of run M does not begin with its beginning'));
});
