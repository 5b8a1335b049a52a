import { UnderstudyError, type ErrorFamily } from '../../../lib/topology';
import { backoff, drive, type DriveOptions } from '../../../lib/runbook/execution/drive';
import type { Attempt, CallStep, Step } from '../../../lib/runbook/execution/ports';
import type { Run } from '../../../lib/runbook/execution/run';
import { manualRun } from './_world/manual-run';
import { PAIR } from './_world/scenes';
import { World } from './_world/world';

const DONE: Step = { kind: 'done', proof: 'it is so' };
const WAIT: Step = { kind: 'wait', title: 'the kettle', seconds: 5 };

function failure(family: ErrorFamily): UnderstudyError {
  return new UnderstudyError('mishap', `it was ${family}`, { family });
}

interface Script {
  readonly steps: readonly (Step | ErrorFamily | 'do')[];
  /** What the calls come to, one after the other; then they succeed. */
  readonly calls?: readonly ErrorFamily[];
  readonly options?: Partial<DriveOptions>;
}

interface Driven {
  readonly end: unknown;
  readonly seconds: number;
  /** What each look was told of attempts before. */
  readonly told: readonly (readonly Attempt['outcome'][])[];
  readonly run: Run;
}

/** Drives a procedure that says one step after the other, and the last one for ever. */
async function driven({ steps, calls = [], options = {} }: Script): Promise<Driven> {
  const world = new World({ topology: PAIR });
  const run = await manualRun(world);
  const began = world.clock.now();
  const told: Attempt['outcome'][][] = [];
  let called = 0;
  const call = (): Promise<void> => {
    const family = calls[called];
    called += 1;
    return family === undefined ? Promise.resolve() : Promise.reject(failure(family));
  };
  const next = (attempts: readonly Attempt[]): Promise<Step> => {
    const step = steps[Math.min(told.length, steps.length - 1)] ?? DONE;
    // Else a mistake here would never end.
    if (told.length === 1000) throw new RangeError('a thousand looks');
    told.push(attempts.map(({ outcome }) => outcome));
    if (step === 'do') return Promise.resolve({ kind: 'do', id: 'boil', title: 'boil water', call });
    return typeof step === 'string' ? Promise.reject(failure(step)) : Promise.resolve(step);
  };
  const end = await drive(run, { phase: 'restore', name: 'tea', procedure: { next }, isAbortable: false, ...options });
  return { end, seconds: world.clock.now() - began, told, run };
}

test('it waits, calls, looks again, and ends when the procedure says so', async () => {
  const { end, seconds, told, run } = await driven({ steps: [WAIT, 'do', WAIT, DONE] });
  expect({ end, told }).toStrictEqual({ end: DONE, told: [[], [], ['done'], ['done']] });
  expect(seconds).toBeCloseTo(0.05, 5);
  expect(run.rows.slice(1).map(({ number: _, at: __, ...row }) => row)).toStrictEqual([
    { type: 'attempt', phase: 'restore', procedure: 'tea', step: 'boil', title: 'boil water' },
    { type: 'answer', phase: 'restore', procedure: 'tea', step: 'boil', outcome: 'done' },
  ]);
});

test('what takes long is looked at more and more seldom, up to what the procedure says; a call begins that anew', async () => {
  const patient = Array.from({ length: 20 }, () => WAIT);
  const { end, seconds } = await driven({ steps: [...patient, 'do', WAIT, WAIT, DONE] });
  expect(end).toStrictEqual(DONE);
  expect(seconds).toBeCloseTo(5 + 5 + 5 + (0.025 + 0.031), 5);
});

test('what was throttled is called again, later and later; what is unclear is looked at first', async () => {
  const calls: ErrorFamily[] = [
    'retryable',
    'retryable',
    'unknown',
    'retryable',
    'retryable',
    'retryable',
    'retryable',
  ];
  const { end, seconds, told } = await driven({ steps: [...calls.map(() => 'do' as const), 'do', DONE], calls });
  const of = { retryable: 'not-taken', unknown: 'unclear', refused: 'refused' } as const;
  expect(end).toStrictEqual(DONE);
  expect(told.at(-1)).toStrictEqual([...calls.map((family) => of[family]), 'done']);
  // Three quarters of 1, 2, 4, 8, 16, 16 and 16 seconds.
  expect(seconds).toBe(0.75 * 63);
});

test('a success begins the waiting times anew', async () => {
  const { run } = await driven({
    steps: ['do', 'do', 'do', 'do', DONE],
    calls: ['retryable', 'retryable', 'retryable'],
  });
  await run.append({ type: 'attempt', phase: 'restore', procedure: 'tea', step: 'boil', title: 'again' });
  await run.append({ type: 'answer', phase: 'restore', procedure: 'tea', step: 'boil', outcome: 'not-taken' });
  expect(backoff(run, 'tea')).toBe(0.75);
});

test.each([
  [0, 8],
  [0.999, 15.992],
])('the waiting time is random by half, and never more than 16 s: with %d it is %d s', async (random, seconds) => {
  const run = await manualRun(new World({ topology: PAIR }), { host: { random: () => random } });
  for (let failed = 0; failed < 9; failed += 1) {
    await run.append({ type: 'attempt', phase: 'restore', procedure: 'tea', step: 'boil', title: 'again' });
    await run.append({ type: 'answer', phase: 'restore', procedure: 'tea', step: 'boil', outcome: 'not-taken' });
  }
  expect(backoff(run, 'tea')).toBeCloseTo(seconds, 3);
});

test('what is refused is tried twice, because what stood in the way may have passed', async () => {
  const { end, told } = await driven({ steps: ['do'], calls: ['refused', 'refused'] });
  expect({ end, told }).toStrictEqual({
    end: { kind: 'stuck', problem: 'it was refused' },
    told: [[], ['refused']],
  });
});

test('two calls that are refused once each are no call that is refused twice', async () => {
  const world = new World({ topology: PAIR });
  const run = await manualRun(world);
  const refusedOnce = new Set<string>();
  const step = (id: string): Step => ({
    ...{ kind: 'do', id, title: id },
    call: () => {
      if (refusedOnce.has(id)) return Promise.resolve();
      refusedOnce.add(id);
      return Promise.reject(failure('refused'));
    },
  });
  const next = (attempts: readonly Attempt[]): Promise<Step> => {
    const done = attempts.filter(({ outcome }) => outcome === 'done').length;
    return Promise.resolve(done === 0 ? step('fill') : done === 1 ? step('boil') : DONE);
  };
  expect(await drive(run, { phase: 'restore', name: 'tea', procedure: { next }, isAbortable: false })).toStrictEqual(
    DONE,
  );
});

/** Three calls in a row, which come to this; then a look that says it is done. What was looked at, and what was called. */
async function inARow(
  outcomes: Readonly<Record<string, ErrorFamily>>,
  meanwhile: (called: string, world: World) => Promise<void> = () => Promise.resolve(),
): Promise<{ end: unknown; looks: readonly string[]; called: readonly string[]; run: Run }> {
  const world = new World({ topology: PAIR });
  const run = await manualRun(world);
  const looks: string[] = [];
  const called: string[] = [];
  const step = (id: string, then?: CallStep): CallStep => ({
    ...{ kind: 'do', id, title: id },
    call: async () => {
      called.push(id);
      await meanwhile(id, world);
      const family = outcomes[id];
      if (family !== undefined && called.filter((each) => each === id).length === 1) throw failure(family);
    },
    ...(then && { then }),
  });
  const next = (attempts: readonly Attempt[]): Promise<Step> => {
    looks.push(attempts.map((each) => `${each.step} ${each.outcome}`).join(', '));
    const done = new Set(attempts.filter(({ outcome }) => outcome === 'done').map((each) => each.step));
    const left = ['fill', 'boil', 'pour'].filter((id) => !done.has(id));
    const row = left.reduceRight<CallStep | undefined>((then, id) => step(id, then), undefined);
    return Promise.resolve(row ?? DONE);
  };
  const driving = drive(run, { phase: 'fence', name: 'tea', procedure: { next }, isAbortable: true });
  return { end: await driving.catch((error: unknown) => error), looks, called, run };
}

test('calls that follow from each other are made in a row, each with its rows, and looked at once', async () => {
  const { end, looks, called, run } = await inARow({});
  expect(end).toStrictEqual(DONE);
  expect(called).toEqual(['fill', 'boil', 'pour']);
  expect(looks).toEqual(['', 'fill done, boil done, pour done']);
  expect(run.rows.slice(1).map((row) => `${row.type} ${'step' in row ? row.step : ''}`)).toEqual(
    ['fill', 'boil', 'pour'].flatMap((id) => [`attempt ${id}`, `answer ${id}`]),
  );
});

test.each<readonly [ErrorFamily, string]>([
  ['retryable', 'not-taken'],
  ['unknown', 'unclear'],
  ['refused', 'refused'],
])('one that was %s is the last of its row: what comes next is looked for', async (family, outcome) => {
  const { end, looks, called } = await inARow({ boil: family });
  expect(end).toStrictEqual(DONE);
  expect(called).toEqual(['fill', 'boil', 'boil', 'pour']);
  expect(looks).toEqual(['', `fill done, boil ${outcome}`, `fill done, boil ${outcome}, boil done, pour done`]);
});

test('who lost the lease in the middle of a row makes no call more', async () => {
  const { end, called } = await inARow({}, async (id, world) => {
    if (id !== 'fill') return;
    const { open } = await world.ports.ledger.standing();
    if (open === undefined) throw new RangeError('nobody has the lease');
    await world.ports.ledger.take({ runId: open.runId, holder: 'another', ttl: 60, at: open.until + 1 });
  });
  expect(end).toMatchObject({ code: 'interrupted', signal: 'lease lost' });
  expect(called).toEqual(['fill']);
});

test('a look that fails is repeated as long as there is time', async () => {
  const steps = ['unknown', 'retryable', 'unknown', 'retryable', 'unknown', DONE] as const;
  const { end, seconds } = await driven({ steps });
  expect({ end, seconds }).toStrictEqual({ end: DONE, seconds: 10 });
});

test('before the promotion it gives up after so many in a row', async () => {
  const options = { failedLooks: 3 };
  const { end } = await driven({
    steps: ['unknown', 'unknown', WAIT, 'unknown', 'retryable', 'unknown', DONE],
    options,
  });
  expect(end).toStrictEqual({ kind: 'stuck', problem: 'it was unknown' });
  const broken = await driven({ steps: ['unknown', 'unknown', WAIT, 'unknown', 'retryable', DONE], options });
  expect(broken.end).toStrictEqual(DONE);
});

test('a look that is denied is repeated, but not as long as there is time: one that is denied thrice stays denied', async () => {
  const { end, told } = await driven({ steps: ['refused', 'unknown', 'refused', DONE] });
  expect({ end, looks: told.length }).toStrictEqual({ end: { kind: 'stuck', problem: 'it was refused' }, looks: 3 });
  expect((await driven({ steps: ['refused', 'refused', DONE] })).end).toStrictEqual(DONE);
  const once = await driven({ steps: ['refused', DONE], options: { failedLooks: 1 } });
  expect(once.end).toStrictEqual({ kind: 'stuck', problem: 'it was refused' });
});

test.each([
  [WAIT, [], 'the kettle'],
  ['unknown', [], 'it was unknown'],
  ['do', Array.from({ length: 99 }, () => 'unknown' as const), 'it was unknown'],
] as const)('it gives up when its time is over, and says what it waited for: %j', async (step, calls, what) => {
  const { end, seconds } = await driven({ steps: [step], calls, options: { limit: 20 } });
  expect(end).toStrictEqual({ kind: 'timed out', problem: `after 20 s still waiting for ${what}` });
  expect(seconds).toBeGreaterThanOrEqual(20);
  expect(seconds).toBeLessThan(37);
});

test('after its time no call is made any more', async () => {
  const patient = Array.from({ length: 24 }, () => ({ ...WAIT, seconds: 30 }));
  const { end, told } = await driven({ steps: [...patient, 'do'], options: { limit: 20 } });
  expect({ end, told }).toStrictEqual({
    end: { kind: 'timed out', problem: 'after 20 s still waiting for the kettle' },
    told: [...patient, 'do'].map(() => []),
  });
});

test('it waits no longer at once than half the life of a lease, however long the procedure says', async () => {
  const patient = Array.from({ length: 37 }, () => ({ ...WAIT, seconds: 500 }));
  const { end, seconds } = await driven({ steps: [...patient, DONE], options: { limit: 600 } });
  expect(end).toStrictEqual(DONE);
  // A quarter longer 34 times from 25 ms on, and then twice as long as it may be.
  expect(seconds).toBeCloseTo(0.1 * (1.25 ** 35 - 1) + 60 + 60, 2);
});

test('what is no error of this package ends the runner: the journal keeps that the call was asked', async () => {
  const world = new World({ topology: PAIR });
  const run = await manualRun(world);
  const call = (): Promise<void> => Promise.reject(new TypeError('undefined is not a function'));
  const next = (): Promise<Step> => Promise.resolve({ kind: 'do', id: 'boil', title: 'boil water', call });
  const driving = drive(run, { phase: 'restore', name: 'tea', procedure: { next }, isAbortable: false });
  await expect(driving).rejects.toThrow('undefined is not a function');
  expect(run.attemptsIn('tea').map(({ outcome }) => outcome)).toStrictEqual(['asked']);
});
