import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../lib/topology';
import { DURATION_PATTERN } from '../../lib/topology/duration';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['30s', 30],
    ['15m', 900],
    ['1h30m', 5400],
    ['7d', 604_800],
    ['90s', 90],
    ['1s1s', 2],
  ])('reads %s as %i seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [59, '59s'],
    [60, '1m'],
    [3661, '1h1m1s'],
    [86_400, '1d'],
    [90_000, '1d1h'],
  ])('writes %i seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('writes what parseDuration reads back', () => {
    fc.assert(
      fc.property(fc.nat(), (seconds) => {
        const text = formatDuration(seconds);
        expect({ seconds: parseDuration(text), matches: DURATION_PATTERN.test(text) }).toStrictEqual({
          seconds,
          matches: true,
        });
      }),
    );
  });
});

describe('DURATION_PATTERN', () => {
  it.each(['', '30', 's', '1.5h', '-1s', '1h 30m', '1w', '1H', ' 1s', '1s\n'])('refuses %j', (text) => {
    expect(DURATION_PATTERN.test(text)).toBe(false);
  });
});
