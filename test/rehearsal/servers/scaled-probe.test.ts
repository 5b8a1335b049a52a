import { ScaledClock, scaledProbe } from '../../../lib/rehearsal';
import type { DatabaseProbe, DataPlaneSighting, Question } from '../../../lib/runbook/execution/ports';

const QUESTION = { member: 'bab' } as Question;

const probe = (sighting: Partial<DataPlaneSighting>, more: Partial<DatabaseProbe> = {}): DatabaseProbe => ({
  isConnected: true,
  ask: ({ member: id }) => Promise.resolve({ id, dataPlane: 'reachable', acceptsWrites: 'no', ...sighting }),
  tryWrite: () => Promise.resolve('yes'),
  ...more,
});

test('times are told by the faster clock; errors, places in the log and all else as they are', async () => {
  const clock = new ScaledClock({ scale: 60 });
  const at = Math.floor(Date.now() / 1000);
  const position = { appliedTo: at - 2, error: 1, ordinal: 7, unit: 'bytes', token: '0/7', source: 'sql' } as const;
  const told = await scaledProbe(probe({ position, lastHeard: at - 1 }), clock).ask(QUESTION);
  expect(told).toEqual({
    ...{ id: 'bab', dataPlane: 'reachable', acceptsWrites: 'no' },
    position: { ...position, appliedTo: clock.at((at - 2) * 1000) / 1000 },
    lastHeard: clock.at((at - 1) * 1000) / 1000,
  });
});

test('what is not told stays untold, and the rest is passed on', async () => {
  const clock = new ScaledClock({ scale: 60 });
  const obstacle = { id: 'x', severity: 'warn', problem: 'p', fix: 'f', acceptance: 'none' } as const;
  const scaled = scaledProbe(probe({}, { obstacles: () => Promise.resolve([obstacle]) }), clock);
  expect(await scaled.ask(QUESTION)).toEqual({ id: 'bab', dataPlane: 'reachable', acceptsWrites: 'no' });
  expect([await scaled.tryWrite(QUESTION), await scaled.obstacles?.({} as never), scaled.isConnected]).toEqual([
    'yes',
    [obstacle],
    true,
  ]);
  expect('obstacles' in scaledProbe(probe({}), clock)).toBe(false);
});
