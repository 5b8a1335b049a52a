import { OUTCOMES, PHASES, type Outcome, type Phase } from '../../../lib/runbook/contract';
import { SIGNALS, TRANSITIONS, transition, type Kind, type Signal } from '../../../lib/runbook/decision';
import { KINDS, kindsOf } from '../../../lib/runbook/decision/signals';

const isPhase = (next: Phase | Outcome): next is Phase => (PHASES as readonly string[]).includes(next);
const at = (phase: Phase): number => PHASES.indexOf(phase);
const rowsOf = (kind: Kind) => TRANSITIONS.filter((row) => (row.kind ?? kind) === kind);

const ENDS = PHASES.flatMap((phase) =>
  SIGNALS[phase].flatMap((signal: Signal) => KINDS.map((kind) => ({ phase, signal, kind }))),
);

/** Everywhere that a run of this kind can get from a phase. */
function reachable(from: Phase, kind: Kind, found = new Set<Phase | Outcome>()): ReadonlySet<Phase | Outcome> {
  if (found.has(from)) return found;
  found.add(from);
  for (const { phase, next } of rowsOf(kind)) {
    if (phase !== from) continue;
    if (isPhase(next)) reachable(next, kind, found);
    else found.add(next);
  }
  return found;
}

test.each(ENDS)('$phase, $signal, $kind: one row if a run can end so, else none', ({ phase, signal, kind }) => {
  const rows = rowsOf(kind).filter((row) => row.phase === phase && row.signal === signal);
  expect(rows).toHaveLength(kindsOf(phase, signal).includes(kind) ? 1 : 0);
});

test('no row is for a signal that its phase cannot give', () => {
  const strays = TRANSITIONS.filter(({ phase, signal }) => !(SIGNALS[phase] as readonly Signal[]).includes(signal));
  expect(strays).toStrictEqual([]);
});

test('a switchover can get into every phase, a failover into every phase but those that undo or wait', () => {
  const missed = (kind: Kind) => PHASES.filter((phase) => !reachable('start', kind).has(phase));
  expect({ switchover: missed('switchover'), failover: missed('failover') }).toStrictEqual({
    switchover: [],
    failover: ['catch-up', 'undo'],
  });
});

test.each(KINDS)('in a %s every phase that it gets into leads to an outcome that ends the run', (kind) => {
  const stuck = [...reachable('start', kind)].filter(
    (from) => isPhase(from) && ![...reachable(from, kind)].some((next) => !isPhase(next) && next !== 'IN_PROGRESS'),
  );
  expect(stuck).toStrictEqual([]);
});

test('no run goes round in circles', () => {
  const back = TRANSITIONS.filter(({ phase, next }) => isPhase(next) && next !== 'undo' && at(next) <= at(phase));
  expect(back).toStrictEqual([]);
});

test('after promote nothing leads to undo', () => {
  const after = PHASES.filter((phase) => at(phase) > at('promote') && phase !== 'undo');
  const undoing = KINDS.flatMap((kind) => after.filter((phase) => reachable(phase, kind).has('undo')));
  expect(undoing).toStrictEqual([]);
});

test('no row of a failover leads to undo', () => {
  expect(rowsOf('failover').filter(({ next }) => next === 'undo')).toStrictEqual([]);
});

test('before fence a run ends in nothing but a refusal, a plan, or not yet', () => {
  const ends = TRANSITIONS.filter(({ phase, next }) => at(phase) < at('fence') && !isPhase(next));
  const others = ends.filter(({ next }) => next !== 'REFUSED' && next !== 'IN_PROGRESS');
  expect(others.map(({ phase, signal, next }) => [phase, signal, next])).toStrictEqual([
    ['approve', 'plan only', 'DONE'],
  ]);
});

test('from fence on no run is REFUSED: something was changed', () => {
  expect(TRANSITIONS.filter(({ phase, next }) => at(phase) >= at('fence') && next === 'REFUSED')).toStrictEqual([]);
});

test('only undo takes back, and nothing is DONE before its report', () => {
  const enders = (outcome: Outcome) => [
    ...new Set(TRANSITIONS.filter(({ next }) => next === outcome).map(({ phase }) => phase)),
  ];
  expect({ aborted: enders('ABORTED'), done: enders('DONE') }).toStrictEqual({
    aborted: ['undo'],
    done: ['approve', 'report'],
  });
});

test.each(KINDS)('every way of a %s to promote goes through its fence', (kind) => {
  const [promoting, fenced] = [
    rowsOf(kind).filter(({ next }) => next === 'promote'),
    rowsOf(kind).filter(({ phase, next }) => phase === 'fence' && isPhase(next) && next !== 'undo'),
  ];
  const byCloud = 'left to the cloud';
  expect(fenced.map(({ signal }) => signal)).toStrictEqual(
    kind === 'switchover' ? ['ok', byCloud] : ['ok', byCloud, 'risk accepted'],
  );
  expect(promoting.map(({ phase, signal }) => `${phase} ${signal}`)).toStrictEqual(
    kind === 'switchover'
      ? [`fence ${byCloud}`, 'catch-up ok']
      : ['fence ok', `fence ${byCloud}`, 'fence risk accepted'],
  );
});

test('a risk that was accepted leaves no run DONE', () => {
  expect(transition('fence', 'risk accepted', 'failover').noBetterThan).toBe('DEGRADED');
  expect(transition('confirm', 'risk accepted', 'failover').noBetterThan).toBe('DEGRADED');
});

test.each(KINDS)(
  'a fence of the cloud that is not proven, and that nobody accepted, needs a person after a %s',
  (kind) => {
    expect(transition('confirm', 'not proven', kind)).toMatchObject({
      next: 'restore',
      noBetterThan: 'NEEDS_OPERATOR',
    });
  },
);

test('each outcome but one is the end of some row; DEGRADED is DONE with something missing', () => {
  const bounds = TRANSITIONS.map(({ noBetterThan }) => noBetterThan);
  const ends = TRANSITIONS.map(({ next }) => next);
  expect(OUTCOMES.filter((outcome) => !ends.includes(outcome))).toStrictEqual(['DEGRADED']);
  expect(bounds).toContain('DEGRADED');
});

test('says why in each row', () => {
  expect(TRANSITIONS.filter(({ because }) => because.trim() === '')).toStrictEqual([]);
});

test('stops a run that ends a phase as its kind cannot', () => {
  expect(() => transition('fence', 'risk accepted', 'switchover')).toThrow(
    expect.objectContaining({
      code: 'no-transition',
      family: 'unknown',
      message: 'a switchover cannot end phase fence with "risk accepted"',
    }) as Error,
  );
});
