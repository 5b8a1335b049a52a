import type * as topologyRoom from '../../lib/topology';
import { define, isUnderstudyError, TopologyRefused, UnderstudyError, type TopologyInput } from '../../lib/topology';
import { withMember } from '../_arbitraries/edits';
import { sample } from '../_helpers/sample-topology';

function refusal(input: TopologyInput): TopologyRefused | undefined {
  try {
    define(input);
    return undefined;
  } catch (error) {
    return error as TopologyRefused;
  }
}

describe('define', () => {
  it('gives the topology', () => {
    expect(define(sample()).members.map(({ id }) => id)).toStrictEqual(['ada', 'bab']);
  });

  it('throws all errors at once, and carries the warnings', () => {
    const error = refusal({
      ...withMember(sample(), 'bab', { region: 'eu-wst-1', promotion: 'never', retention: '40d' }),
    });
    expect([error?.code, error?.family, error?.name, error?.message]).toStrictEqual([
      'topology-refused',
      'refused',
      'TopologyRefused',
      `the topology has 2 errors:
  error retention-range: members.bab.retention: retention is 40d. Allowed: whole days from 0d to 35d. Fix: write for example \`retention: 7d\`; AWS Backup keeps longer.
  error region-unknown: members.bab.region: region is eu-wst-1, which is no AWS Region. Allowed: the code of an AWS Region, for example eu-west-1. Fix: did you mean eu-west-1?`,
    ]);
    expect(error?.findings.map(({ code }) => code)).toStrictEqual([
      'retention-range',
      'region-unknown',
      'nothing-promotable',
    ]);
  });
});

describe('isUnderstudyError', () => {
  it.each([
    ['an error of the package', new UnderstudyError('x', 'y'), true],
    ['a refusal', new TopologyRefused([]), true],
    [
      'an error of another copy of the package',
      Object.assign(new Error('x'), { [Symbol.for('db-understudy.error')]: true }),
      true,
    ],
    ['any error', new Error('x'), false],
    ['a text', 'x', false],
    ['nothing', null, false],
    ['undefined', undefined, false],
  ])('of %s', (_, error, expected) => {
    expect(isUnderstudyError(error)).toBe(expected);
  });

  it('is true of an error that a second copy of the package throws', () => {
    let theirs: typeof TopologyRefused | undefined;
    jest.isolateModules(() => {
      theirs = jest.requireActual<typeof topologyRoom>('../../lib/topology').TopologyRefused;
    });
    const error = theirs === undefined ? undefined : new theirs([]);
    expect([theirs === TopologyRefused, isUnderstudyError(error)]).toStrictEqual([false, true]);
  });
});

describe('UnderstudyError', () => {
  it('has a code, a family and a cause', () => {
    const cause = new Error('x');
    const {
      code,
      family,
      name,
      message,
      cause: kept,
    } = new UnderstudyError('lease-lost', 'the lease is lost', { family: 'unknown', cause });
    expect({ code, family, name, message, kept }).toStrictEqual({
      code: 'lease-lost',
      family: 'unknown',
      name: 'UnderstudyError',
      message: 'the lease is lost',
      kept: cause,
    });
  });

  it('is refused and without a cause where nothing is said', () => {
    const error = new UnderstudyError('x', 'y');
    expect([error.family, Object.keys(error).toSorted(), 'cause' in error]).toStrictEqual([
      'refused',
      ['code', 'family', 'name'],
      false,
    ]);
  });
});
