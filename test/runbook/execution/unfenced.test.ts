import { UnderstudyError } from '../../../lib/topology';
import type { RunbookEvent } from '../../../lib/runbook/contract';
import { USUAL_LIMITS } from '../../../lib/runbook/execution';
import { endState } from './_world/end-state';
import { intercepted, type Intercept } from './_world/intercepted';
import { killedAt, noting } from './_world/mishaps';
import { carried, invoke } from './_world/runner';
import { RISK, sceneOf, type Scene } from './_world/scenes';

const OPEN: RunbookEvent = { mode: 'unfence', target: 'ada', reason: 'a test' };

/** A run that ended without a promotion, because the call was lost on the way, or was taken and nobody could look. */
async function stranded(name: 'switchover' | 'partition', isCalled: boolean): Promise<Scene> {
  const scene = await sceneOf(name);
  const { world, event } = scene;
  const ports = intercepted(world.ports, async (call, go) => {
    if (call === 'promote.do promote') {
      if (isCalled) await go();
      throw new UnderstudyError('lost', 'the answer was lost', { family: 'unknown' });
    }
    const rows = await world.ledger.rows('R');
    const isConfirming = rows.some((row) => row.type === 'phase ended' && row.phase === 'promote');
    if (call === 'promote.next' && isConfirming && isCalled) throw new UnderstudyError('denied', 'nobody may look');
    return go();
  });
  const { result } = await carried(world, event, () => ({ ports }));
  expect(result.outcome).toBe('NEEDS_OPERATOR');
  return scene;
}

test('a member that a run has silenced takes writes again when a person says so', async () => {
  const { world } = await stranded('partition', false);
  world.probe.cut.clear();
  world.server('bab').isStreamCut = false;
  const before = await endState(world, { outcome: 'NEEDS_OPERATOR' });
  const answer = await invoke(world, { ...OPEN, acceptSplitBrainRisk: RISK });
  expect({ before: before.writable, ...(await endState(world, answer)) }).toMatchObject({
    ...{ before: [], outcome: 'DONE', writable: ['ada'], isOpen: false, promotions: [], isFenced: false },
  });
  expect(answer.next).toStrictEqual(['ada takes writes again.']);
});

test('also after a planned run that could not be told: once the promotion shows no effect for long', async () => {
  const { world } = await stranded('switchover', false);
  expect(world.writable).toStrictEqual([]);
  expect(await invoke(world, OPEN)).toMatchObject({ outcome: 'DONE', next: ['ada takes writes again.'] });
  expect(world.writable).toStrictEqual(['ada']);
});

test.each([
  ['that takes its time', 0, 'ada is to take writes, and bab may still become a primary by run R: there would be two'],
  ['that came late', 60, 'ada is to take writes, and bab takes writes: there would be two'],
])('refused: a second primary, by a promotion %s and that no run has confirmed', async (_, wait, problem) => {
  const { world } = await stranded('switchover', true);
  await world.clock.wait(wait);
  const refused = await invoke(world, OPEN);
  expect({ outcome: refused.outcome, findings: refused.findings }).toStrictEqual({
    outcome: 'REFUSED',
    findings: [
      {
        ...{ id: 'second-primary', severity: 'block', acceptance: 'none', accepted: false, problem },
        fix: 'say in acceptSplitBrainRisk who takes that risk, and why',
      },
    ],
  });
  await world.clock.wait(60);
  expect(world.schisms).toStrictEqual([]);
});

test('refused: the old primary, once another was promoted', async () => {
  const { world, event } = await sceneOf('switchover');
  await invoke(world, event);
  const { findings, outcome } = await invoke(world, OPEN);
  expect({ outcome, problems: findings.map(({ problem }) => problem) }).toStrictEqual({
    outcome: 'REFUSED',
    problems: ['ada is to take writes, and bab is the primary: there would be two'],
  });
  expect(world.writable).toStrictEqual(['bab']);
});

test('a person can take that risk by name', async () => {
  const { world, event } = await sceneOf('switchover');
  await invoke(world, event);
  expect(await invoke(world, { ...OPEN, acceptSplitBrainRisk: RISK })).toMatchObject({ outcome: 'DONE' });
  expect(world.writable).toStrictEqual(['ada', 'bab']);
});

test.each([
  [{ ...OPEN, target: 'zoe' }, 'unknown-member', 'zoe is no member', 'name a member, for example ada'],
  [
    { ...OPEN, expectedPrimary: 'bab' },
    'wrong-primary',
    'bab was expected to be the primary, and ada is',
    'look at the status again: somebody else may have promoted meanwhile',
  ],
])('refused: %j', async (event, id, problem, fix) => {
  const { world } = await sceneOf('switchover');
  const { findings, outcome } = await invoke(world, event);
  expect({ outcome, findings }).toStrictEqual({
    outcome: 'REFUSED',
    findings: [{ id, severity: 'block', acceptance: 'none', accepted: false, problem, fix }],
  });
});

test('refused while a run is on its way', async () => {
  const { world, event } = await sceneOf('switchover');
  await invoke(world, event, { life: 5 });
  await world.clock.wait(USUAL_LIMITS.leaseTtl);
  const { findings } = await invoke(world, OPEN, { holder: 'dora' });
  expect(findings.map(({ problem }) => problem)).toStrictEqual([
    'run R holds the lease: a switchover in phase fence; nobody works on it',
  ]);
});

test('killed anywhere, and asked for again, it ends as it would have', async () => {
  const calls: string[] = [];
  const whole = await stranded('switchover', false);
  await invoke(whole.world, OPEN, { ports: noting(whole.world.ports, calls) });
  expect(calls.length).toBeGreaterThan(20);
  for (let at = 1; at <= calls.length; at += 1) {
    const { world } = await stranded('switchover', false);
    const { result } = await carried(world, OPEN, (invocation) =>
      invocation === 1 ? { ports: killedAt(world.ports, { at, when: 'after' }) } : {},
    );
    const { outcome, writable, isOpen, isFrozen } = await endState(world, result);
    expect({ at, outcome, writable, isOpen, isFrozen }).toStrictEqual({
      ...{ at, outcome: 'DONE', writable: ['ada'], isOpen: false, isFrozen: false },
    });
  }
});

/** Lets every call of that name fail for good. */
const failing =
  (name: string, family: 'unknown' | 'refused'): Intercept =>
  (call, go) =>
    call === name ? Promise.reject(new UnderstudyError('mishap', `${name} failed`, { family })) : go();

test('who cannot open it says so, and how to try again', async () => {
  const { world } = await stranded('switchover', false);
  const ports = intercepted(world.ports, failing('unfence.next', 'refused'));
  const { outcome, next } = await invoke(world, OPEN, { ports });
  expect({ outcome, next }).toStrictEqual({
    outcome: 'NEEDS_OPERATOR',
    next: [
      'unfence.next failed.',
      'ada may still be fenced. To try again: {"mode":"unfence","target":"ada","reason":"a test"}',
    ],
  });
});

test('what cannot be looked at in the middle of it interrupts it: nobody is told that nothing was changed', async () => {
  const { world } = await stranded('switchover', false);
  const ports = intercepted(world.ports, failing('probe.tryWrite', 'refused'));
  const { outcome, next } = await invoke(world, OPEN, { ports });
  expect({ outcome, next }).toStrictEqual({
    outcome: 'IN_PROGRESS',
    next: ['Interrupted: probe.tryWrite failed.', 'To go on: {"mode":"unfence","target":"ada","reason":"a test"}'],
  });
  expect((await world.ledger.standing()).open?.until).toBe(world.clock.now());
  expect(await invoke(world, OPEN, { holder: 'dora' })).toMatchObject({ outcome: 'DONE' });
});

test('a member that takes no writes although its fence is open is waited for, and then told of', async () => {
  const { world } = await stranded('switchover', false);
  const ports = intercepted(world.ports, (call, go) =>
    call === 'probe.tryWrite' ? (Promise.resolve('no') as never) : go(),
  );
  const began = world.clock.now();
  const { outcome, next } = await invoke(world, OPEN, { ports });
  expect({ outcome, next }).toStrictEqual({
    outcome: 'NEEDS_OPERATOR',
    next: [
      'ada takes no writes.',
      'ada may still be fenced. To try again: {"mode":"unfence","target":"ada","reason":"a test"}',
    ],
  });
  expect(world.clock.now() - began).toBeGreaterThanOrEqual(USUAL_LIMITS.phase.undo);
});
