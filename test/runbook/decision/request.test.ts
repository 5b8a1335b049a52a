import { parseEvent } from '../../../lib/runbook/contract';
import { requestOf } from '../../../lib/runbook/decision';
import { lost, scene } from '../_helpers/scene';

const reason = 'drill';
const BY = { by: 'Ada', reason: 'sure' };
const HUNG = scene({ ada: { acceptsWrites: 'unknown' } });
const READ_ONLY = scene({ ada: { acceptsWrites: 'no' } });

test.each([
  ['a plan while the primary is well', { mode: 'plan' }, scene(), 'switchover'],
  ['a plan while it hangs', { mode: 'plan' }, HUNG, 'switchover'],
  ['a plan while it takes no writes', { mode: 'plan' }, READ_ONLY, 'failover'],
  ['a plan while it is lost', { mode: 'plan' }, lost(), 'failover'],
  ['a plan that accepts a loss', { mode: 'plan', acceptDataLoss: 0 }, scene(), 'failover'],
  ['a plan that accepts a split brain', { mode: 'plan', acceptSplitBrainRisk: BY }, scene(), 'failover'],
  ['a switchover', { mode: 'switchover', reason }, lost(), 'switchover'],
  ['a failover', { mode: 'failover', reason }, scene(), 'failover'],
  ['a status', { mode: 'status' }, scene(), undefined],
  ['an abort', { mode: 'abort', reason, runId: 'r' }, scene(), undefined],
  ['an unfence', { mode: 'unfence', reason, target: 'ada' }, scene(), undefined],
] as const)('%s', (_, event, observation, kind) => {
  expect(requestOf(parseEvent(event), observation)?.kind).toBe(kind);
});

test('takes over all that decides', () => {
  const decides = {
    target: 'bab',
    expectedPrimary: 'ada',
    acceptDataLoss: 5,
    acceptSplitBrainRisk: BY,
    override: ['cooling-down'],
  };
  const event = parseEvent({ mode: 'failover', reason, approve: 'a'.repeat(64), runId: 'r', ...decides });
  expect(requestOf(event, lost())).toStrictEqual({ kind: 'failover', ...decides });
});
