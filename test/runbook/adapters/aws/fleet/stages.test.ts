import type { AttemptOutcome, Step } from '../../../../../lib/runbook/execution/ports';
import { firstUnmet, wait, type Stage } from '../../../../../lib/runbook/adapters/aws/fleet/stages';

const call = (): Promise<void> => Promise.resolve();
const stage = (id: string, isMet: boolean): Stage => ({ id, title: `do ${id}`, isMet, call });
const STAGES = [stage('a', true), stage('b', false), stage('c', false)];

test('the first that is not met is next; none, when all are', () => {
  expect(firstUnmet(STAGES, { attempts: [], now: 100 })).toEqual({ kind: 'do', id: 'b', title: 'do b', call });
  expect(firstUnmet([stage('a', true)], { attempts: [], now: 100 })).toBeUndefined();
});

test.each<readonly [AttemptOutcome, number, string]>([
  ['done', 59, 'wait'],
  ['asked', 59, 'wait'],
  ['unclear', 59, 'wait'],
  ['done', 60, 'do'],
  ['asked', 60, 'do'],
  ['unclear', 60, 'do'],
  ['not-taken', 0, 'do'],
  ['refused', 0, 'do'],
])('a call that is %s %p s ago: %s', (outcome, ago, kind) => {
  const attempts = [{ step: 'b', at: 100 - ago, outcome }];
  expect(firstUnmet(STAGES, { attempts, now: 100 })?.kind).toBe(kind);
});

const linked = (id: string, isMet = false): Stage => ({ ...stage(id, isMet), isNextAtOnce: true });
const idsOf = (step: Step | undefined): readonly string[] =>
  step?.kind === 'do' ? [step.id, ...idsOf(step.then)] : [];

test('with it come those that need no look after it, up to the first that does', () => {
  const progress = { attempts: [], now: 100 };
  const stages = [stage('a', false), linked('b'), linked('c', true), linked('d'), stage('e', false), linked('f')];
  expect(idsOf(firstUnmet(stages, progress))).toEqual(['a', 'b', 'd']);
  // Whether the first may follow another one does not matter: nothing comes before it.
  expect(idsOf(firstUnmet(stages.slice(1), progress))).toEqual(['b', 'd']);
});

test('none that was made already, and is to be seen yet', () => {
  const attempts = [{ step: 'b', at: 50, outcome: 'unclear' } as const];
  const stages = [stage('a', false), linked('b'), linked('c')];
  expect(idsOf(firstUnmet(stages, { attempts, now: 100 }))).toEqual(['a']);
  expect(idsOf(firstUnmet(stages, { attempts, now: 110 }))).toEqual(['a', 'b', 'c']);
});

test('only the newest attempt counts, and only of that step', () => {
  const early = { step: 'b', at: 10, outcome: 'done' } as const;
  const other = { step: 'c', at: 99, outcome: 'done' } as const;
  expect(firstUnmet(STAGES, { attempts: [early, other], now: 100 })?.kind).toBe('do');
  const late = { step: 'b', at: 99, outcome: 'not-taken' } as const;
  expect(firstUnmet(STAGES, { attempts: [{ ...early, at: 98 }, late], now: 100 })?.kind).toBe('do');
});

test.each([
  [0, 2],
  [60, 2],
  [100, 3],
  [150, 5],
  [900, 5],
])('%p s after the last call, the next look is in %p s', (since, seconds) => {
  const attempts = [{ step: 'b', at: 0, outcome: 'done' } as const];
  expect(wait('it', { attempts, now: since })).toEqual({ kind: 'wait', title: 'it', seconds });
});
