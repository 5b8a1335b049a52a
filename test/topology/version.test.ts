import fc from 'fast-check';
import { compareVersions, isAtLeast, majorOf } from '../../lib/topology/version';

const version = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));

describe('majorOf', () => {
  it.each([
    ['17.6', 1, '17'],
    ['8.4.7', 2, '8.4'],
    ['16.00.4236.2.v1', 1, '16'],
    ['11.5.9.0.sb00089214.r1', 2, '11.5'],
    ['17', 2, '17'],
    ['latest', 1, ''],
  ])('takes of %s the first %i: %s', (text, parts, major) => {
    expect(majorOf(text, parts)).toBe(major);
  });
});

describe('compareVersions', () => {
  it.each([
    ['17.6', '17.10', -1],
    ['17.10', '17.6', 1],
    ['17.6', '17.6', 0],
    ['8.0.46', '8.4.3', -1],
    ['17', '17.6', undefined],
    ['17.6', '17', undefined],
    ['16', '17.6', -1],
    ['latest', '17.6', undefined],
  ])('tells %s from %s: %s', (a, b, sign) => {
    const found = compareVersions(a, b);
    expect(found === undefined ? undefined : Math.sign(found)).toBe(sign);
  });

  it('is the opposite the other way round', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const [there, back] = [compareVersions(a, b), compareVersions(b, a)];
        expect(back).toBe(there === undefined ? undefined : 0 - there);
      }),
    );
  });
});

describe('isAtLeast', () => {
  it.each([
    ['14.0', '14.1', false],
    ['14.1', '14.1', true],
    ['14.10', '14.9', true],
    ['13.23', '14.1', false],
    ['14', '14.1', true],
    ['8.0.46-rds.20260624', '8.0.46', true],
    ['11.5.9.0.sb00089214.r1', '11.5.9', true],
    ['11.5.8.0.sb00089214.r1', '11.5.9', false],
    ['latest', '14.1', true],
  ])('knows whether %s is at least %s: %s', (text, least, expected) => {
    expect(isAtLeast(text, least)).toBe(expected);
  });

  it('agrees with compareVersions where that can tell', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const compared = compareVersions(a, b);
        fc.pre(compared !== undefined);
        expect(isAtLeast(a, b)).toBe(compared >= 0);
      }),
    );
  });
});
