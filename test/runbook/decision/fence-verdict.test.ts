import { fenceVerdict, type Kind } from '../../../lib/runbook/decision';
import type { FenceOutcome } from '../../../lib/runbook/contract';

const RISK = { by: 'Ada', reason: 'the Region is dark' };
const SILENT = { id: 'ada', acceptsWrites: 'no' } as const;
const DARK = { id: 'ada', acceptsWrites: 'unknown' } as const;
const LOUD = { id: 'ada', acceptsWrites: 'yes' } as const;
const reason = 'why';

test.each<[Kind, FenceOutcome['outcome'], 'named' | 'nobody', ReturnType<typeof fenceVerdict>]>([
  ['failover', 'proven', 'nobody', { signal: 'ok', fence: { outcome: 'proven', reason } }],
  ['failover', 'proven', 'named', { signal: 'ok', fence: { outcome: 'proven', reason } }],
  ['failover', 'attempted', 'nobody', { signal: 'not proven', fence: { outcome: 'attempted', reason } }],
  ['failover', 'impossible', 'nobody', { signal: 'not proven', fence: { outcome: 'impossible', reason } }],
  [
    'failover',
    'attempted',
    'named',
    { signal: 'risk accepted', fence: { outcome: 'attempted', reason, accepted: RISK } },
  ],
  [
    'failover',
    'impossible',
    'named',
    { signal: 'risk accepted', fence: { outcome: 'impossible', reason, accepted: RISK } },
  ],
  ['switchover', 'proven', 'nobody', { signal: 'ok', fence: { outcome: 'proven', reason } }],
  ['switchover', 'attempted', 'named', { signal: 'not proven', fence: { outcome: 'attempted', reason } }],
  ['switchover', 'impossible', 'named', { signal: 'not proven', fence: { outcome: 'impossible', reason } }],
])('%s, %s, risk taken by %s', (kind, outcome, who, expected) => {
  const risk = who === 'named' ? RISK : undefined;
  expect(fenceVerdict(kind, { outcome, reason }, outcome === 'proven' ? SILENT : DARK, risk)).toStrictEqual(expected);
});

test.each(['proven', 'attempted', 'impossible'] as const)(
  'nobody can accept a primary that takes writes (%s)',
  (outcome) => {
    expect(fenceVerdict('failover', { outcome, reason }, LOUD, RISK)).toStrictEqual({
      signal: 'not proven',
      fence: { outcome: 'attempted', reason: `ada takes writes after the fence (${outcome}: why)` },
    });
  },
);

test.each([
  { by: ' ', reason: 'r' },
  { by: 'Ada', reason: '' },
])('nobody is no person: %o', (risk) => {
  expect(fenceVerdict('failover', { outcome: 'attempted', reason }, DARK, risk).signal).toBe('not proven');
});
