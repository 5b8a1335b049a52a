import type { RunbookResult } from '../../../lib/runbook/contract';
import { noticeOf } from '../../../lib/runbook/execution/notice';
import { invoke } from './_world/runner';
import { sceneOf } from './_world/scenes';

const RESULT: RunbookResult = {
  ...{ runId: 'R', outcome: 'DEGRADED', phase: 'report', findings: [], candidates: [] },
  timings: [
    { phase: 'fence', seconds: 8.2 },
    { phase: 'confirm', seconds: 51.5 },
  ],
  next: ['Do this.', 'Do that.'],
};

test('it says what ended how, after how long, and what to do', () => {
  expect(noticeOf('orders', RESULT)).toStrictEqual({
    ...{ subject: 'orders: a run: DEGRADED', result: RESULT },
    text: 'orders: a run ended DEGRADED after 60 s (run R).\nDo this.\nDo that.',
  });
});

test('a run is told of once, with who takes the place of whom', async () => {
  const { world, event } = await sceneOf('switchover');
  const result = await invoke(world, event);
  const text = ['orders: switchover of ada to bab ended DONE after 98 s (run R).', ...result.next].join('\n');
  expect(world.notices.map(({ subject, text: told }) => ({ subject, text: told }))).toStrictEqual([
    { subject: 'orders: switchover of ada to bab: DONE', text },
  ]);
});

test('the subject is as SNS takes it: ASCII, and no more than 100 characters', () => {
  expect(noticeOf('größe', RESULT).subject).toBe('gr??e: a run: DEGRADED');
  expect(noticeOf('a'.repeat(83), RESULT).subject).toBe(`${'a'.repeat(83)}: a run: DEGRADED`);
  expect(noticeOf('a'.repeat(84), RESULT).subject).toBe(`${'a'.repeat(84)}: a run: DEGR...`);
});
