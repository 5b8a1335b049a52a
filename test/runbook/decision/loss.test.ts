import { lossEstimate, lossOf, policyFor, worstOf, type Position } from '../../../lib/runbook/decision';
import { behind } from '../../../lib/runbook/decision/loss';
import { AT, lost, LOST, scene, type Sights } from '../_helpers/scene';

const at = (ago: number, more: Partial<Position> = {}): Position => ({
  appliedTo: AT - ago,
  error: 2,
  source: 'metric',
  ...more,
});

function of(position: Position, sights: Sights = {}) {
  const observation = lost(sights);
  return lossOf(position, observation, policyFor(observation.topology));
}

const UNPROVEN: Sights = { ada: { ...LOST, stoppedAt: undefined } };

test('until it is proven to have stopped, a primary that was last seen alive may have taken writes', () => {
  expect(of(at(310), UNPROVEN)).toStrictEqual({ seconds: 10, error: 302, source: 'metric', from: AT - 312 });
});

test('a proof ends the window, at the latest that two clocks allow', () => {
  expect(of(at(310))).toStrictEqual({ seconds: 10, error: 5, source: 'metric', from: AT - 312, to: AT - 297 });
});

test('a member that is ahead of when the primary was last seen lacks nothing that is known, and maybe what came after', () => {
  expect(of(at(200), UNPROVEN)).toStrictEqual({ seconds: 0, error: 202, source: 'metric', from: AT - 202 });
});

test('a member that is ahead of the end lacks nothing', () => {
  expect(of(at(290, { error: 0 }))).toStrictEqual({
    seconds: 0,
    error: 0,
    source: 'metric',
    from: AT - 290,
    to: AT - 297,
  });
});

test('when it was last alive need not be known once it is proven when it stopped', () => {
  expect(of(at(310), { ada: { ...LOST, lastSeenAlive: undefined } })).toStrictEqual({
    seconds: 12,
    error: 3,
    source: 'metric',
    from: AT - 312,
    to: AT - 297,
  });
});

test('cannot be told when nothing says how long the primary lived', () => {
  expect(of(at(310), { ada: { ...LOST, lastSeenAlive: undefined, stoppedAt: undefined } })).toBeUndefined();
});

test('a fenced primary that answers takes no writes, and loses none', () => {
  const fenced = { ...LOST, dataPlane: 'reachable', acceptsWrites: 'no', lastSeenAlive: AT } as const;
  expect(of(at(298, { error: 0 }), { ada: fenced })).toStrictEqual({
    seconds: 0,
    error: 1,
    source: 'metric',
    from: AT - 298,
    to: AT - 297,
  });
});

test.each<[string, Partial<Position> | undefined, Partial<Position>, number | undefined]>([
  ['both logs are known', { ordinal: 900, unit: 'bytes' }, { ordinal: 700, unit: 'bytes' }, 200],
  ['the member is ahead', { ordinal: 700, unit: 'bytes' }, { ordinal: 900, unit: 'bytes' }, 0],
  ['only one is known', { ordinal: 900, unit: 'bytes' }, {}, undefined],
  ['the primary was not asked', undefined, { ordinal: 900, unit: 'bytes' }, undefined],
  ['they count transactions', { ordinal: 9, unit: 'transactions' }, { ordinal: 7, unit: 'transactions' }, undefined],
])('in bytes, when %s', (_, primary, member, bytes) => {
  const position = primary && ({ ...at(300), ...primary, source: 'sql' } as const);
  expect(of(at(310, member), { ada: { ...LOST, position } })?.bytes).toBe(bytes);
});

test('is told as the contract carries it', () => {
  const loss = { seconds: 10, error: 5, bytes: 7, source: 'sql', from: AT - 312, to: AT - 297 } as const;
  expect(worstOf(loss)).toBe(15);
  expect(lossEstimate(loss)).toStrictEqual({
    ...loss,
    from: '2026-11-23T02:54:48.000Z',
    to: '2026-11-23T02:55:03.000Z',
  });
  expect(lossEstimate({ seconds: 1, error: 2, source: 'metric', from: AT })).toStrictEqual({
    seconds: 1,
    error: 2,
    source: 'metric',
    from: '2026-11-23T03:00:00.000Z',
  });
});

test.each<[string, Partial<Position>, number]>([
  ['by its time', {}, 50],
  ['by the log, when it has all of it', { ordinal: 900, unit: 'bytes' }, 0],
  ['by its time, when it has not', { ordinal: 899, unit: 'bytes' }, 50],
  ['by its time, when the log counts transactions', { ordinal: 900, unit: 'transactions' }, 50],
])('a member is behind a living primary %s', (_, more, seconds) => {
  const position = { ...at(0), ordinal: 900, unit: 'bytes', source: 'sql' } as const;
  expect(behind(at(50, more), scene({ ada: { position } }))).toBe(seconds);
});
