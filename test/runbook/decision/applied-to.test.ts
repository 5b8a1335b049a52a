import { policyFor, type MemberObservation, type Observation } from '../../../lib/runbook/decision';
import { appliedTo } from '../../../lib/runbook/decision/applied-to';
import { AT, lost, LOST, scene } from '../_helpers/scene';

/** What is said of bab: how long before AT it has applied, and the error; or why that is unknown. */
function of(observation: Observation, id = 'bab'): string | readonly [ago: number, error: number, source: string] {
  const { position, because } = appliedTo(observation, id, policyFor(observation.topology));
  return because ?? [AT - position.appliedTo, position.error, position.source];
}

/** What samples of bab's lag say when ada was last seen at AT - 300. */
const sampled = (...samples: MemberObservation['samples']) => of(lost({ bab: { samples } }));
const BEFORE = 'before 2026-11-23T02:55:00.000Z';

test.each([
  ['a sample before the failure', [{ at: AT - 310, lag: 4 }], [314, 121, 'metric']],
  ['a sample at the failure itself', [{ at: AT - 300, lag: 4 }], [304, 121, 'metric']],
  [
    'a 0 that was sampled while the receiver hung',
    [
      { at: AT - 360, lag: 4 },
      { at: AT - 240, lag: 0 },
    ],
    [364, 121, 'metric'],
  ],
  [
    'a lag that climbs after the failure',
    [
      { at: AT - 360, lag: 4 },
      { at: AT - 60, lag: 304 },
    ],
    [364, 121, 'metric'],
  ],
  [
    'samples in disorder',
    [
      { at: AT - 310, lag: 1 },
      { at: AT - 370, lag: 9 },
    ],
    [311, 121, 'metric'],
  ],
  [
    'two samples of one time: the worse',
    [
      { at: AT - 310, lag: 1 },
      { at: AT - 310, lag: 9 },
    ],
    [319, 121, 'metric'],
  ],
  ['none', [], `nobody knows how far bab is: it was not asked, and its lag was not sampled ${BEFORE}`],
  [
    'samples after the failure only',
    [{ at: AT - 299, lag: 0 }],
    `nobody knows how far bab is: it was not asked, and its lag was not sampled ${BEFORE}`,
  ],
  ...[null, -1, Number.NaN, Number.POSITIVE_INFINITY, AT + 1].map(
    (lag) =>
      [
        `a lag of ${lag} after a good one`,
        [
          { at: AT - 370, lag: 0 },
          { at: AT - 310, lag },
        ],
        `bab did not replicate at 2026-11-23T02:54:50.000Z, when its lag was last sampled ${BEFORE}`,
      ] as const,
  ),
  [
    'no lag at the time of a good one',
    [
      { at: AT - 310, lag: 0 },
      { at: AT - 310, lag: null },
    ],
    `bab did not replicate at 2026-11-23T02:54:50.000Z, when its lag was last sampled ${BEFORE}`,
  ],
] as const)('by samples: %s', (_, samples, expected) => {
  expect(sampled(...samples)).toStrictEqual(expected);
});

const sql = (ago: number, error = 1): Partial<MemberObservation> => ({
  position: { appliedTo: AT - ago, error, source: 'sql' },
  samples: [{ at: AT - 310, lag: 0 }],
});
const WRONG = 'bab says that it has applied writes of a time that cannot be: its clock is wrong';

test.each([
  ['its own word goes before its samples', sql(900), [900, 1, 'sql']],
  ['a clock ahead by what is allowed for is taken for now', sql(-1), [0, 1, 'sql']],
  ['a clock further ahead is no clock', sql(-2), WRONG],
  ['nor is one of before 1970', sql(AT, 1), WRONG],
  ['nor one that says nothing', sql(Number.NaN), WRONG],
] as const)('by SQL: %s', (_, sight, expected) => {
  expect(of(lost({ bab: sight }))).toStrictEqual(expected);
});

describe('a replica of a replica', () => {
  const FRESH: Partial<MemberObservation> = { samples: [{ at: AT - 310, lag: 0 }] };
  const DEAD = { dataPlane: 'unreachable', lastSeenAlive: AT - 900 } as const;

  it('is trusted while all above it were alive', () => {
    expect(of(lost({ dot: FRESH }), 'dot')).toStrictEqual([310, 121, 'metric']);
  });

  it('is not trusted after the one that it follows died, though the primary lived on', () => {
    const samples = [
      { at: AT - 910, lag: 3 },
      { at: AT - 310, lag: 0 },
    ];
    expect(of(lost({ bab: DEAD, dot: { samples } }), 'dot')).toStrictEqual([913, 121, 'metric']);
  });

  it('is not trusted while nobody knows how the one is that it follows', () => {
    expect(of(lost({ bab: { dataPlane: 'unknown' }, dot: FRESH }), 'dot')).toBe(
      'nobody knows how far dot is: it was not asked, and no sample of its lag can be trusted while it is unknown when those above it were last alive',
    );
  });

  it('is trusted as far as what it has applied shows that those above it lived', () => {
    const observation = lost({ ada: { ...LOST, lastSeenAlive: AT - 800 }, dot: sql(500) });
    expect(of(observation)).toStrictEqual(
      `nobody knows how far bab is: it was not asked, and its lag was not sampled before 2026-11-23T02:51:39.000Z`,
    );
  });
});

test('while the primary answers, the newest sample counts', () => {
  expect(of(scene({ bab: { samples: [{ at: AT, lag: 7 }] } }))).toStrictEqual([7, 121, 'metric']);
});

test('a sample of the future counts for nothing', () => {
  expect(of(scene({ bab: { samples: [{ at: AT + 1, lag: 0 }] } }))).toBe(
    'nobody knows how far bab is: it was not asked, and its lag was not sampled before 2026-11-23T03:00:00.000Z',
  );
});
