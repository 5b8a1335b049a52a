import { judged, median, tableOf, type Result } from '../../bench/failover/summary';

const NOTE = 'a note';
const result = (
  name: string,
  kind: 'limit' | 'planned' | 'unplanned',
  times: readonly number[],
  more: { readonly isOurs?: boolean; readonly lost?: number; readonly waited?: number } = {},
): Result => {
  const { isOurs = false, lost = 0, ...rest } = more;
  return {
    contestant: { name, kind, isOurs, note: NOTE },
    samples: times.map((milliseconds) => ({ milliseconds, acknowledged: 100, lost, ...rest })),
  };
};

const LIMIT = result('limit', 'limit', [10, 11, 30]);
const OURS = result('ours', 'planned', [400, 500, 450], { isOurs: true });
const OTHERS = [result('slow', 'planned', [2000]), result('quick', 'planned', [1000, 1000])];

test.each([
  [[7], 7],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (numbers, expected) => {
  expect(median(numbers)).toBe(expected);
});

test('of nothing there is none', () => {
  expect(() => median([])).toThrow('there is no median of nothing');
});

test('the table has a line for each that was measured, and what each has lost', () => {
  const dead = result('dead', 'unplanned', [100.4], { lost: 2, waited: 31_500 });
  expect(tableOf([LIMIT, OURS, dead, result('missing', 'planned', [])])).toEqual([
    '       median ms   spread  x limit  writes lost  dead before  what it does',
    'limit         11    10-30      1.0     0 of 300               a note',
    'ours         450  400-500     40.9     0 of 300               a note',
    'dead         100  100-100      9.1     2 of 100       31.5 s  a note',
  ]);
});

test('ours is held against the better of the others, and against the limit', () => {
  const killed = [
    result('our failover', 'unplanned', [600], { isOurs: true, lost: 3 }),
    result('promote', 'unplanned', [50]),
    result('lock', 'unplanned', [20_000]),
  ];
  expect(judged([LIMIT, OURS, ...OTHERS, ...killed])).toEqual([
    { sentence: 'planned: 0.45 x the better switchover; aim: at most 0.5 x; the limit: 40.9 x', isMet: true },
    {
      sentence:
        'unplanned: 12.00 x the fastest promotion of a standby whose primary is dead; aim: at most 10 x; the limit: 54.5 x',
      isMet: false,
    },
    { sentence: 'planned: 0 acknowledged writes lost; aim: none', isMet: true },
  ]);
});

test('a write that a planned run of ours loses is told; what others lose is theirs', () => {
  const found = judged([
    result('ours', 'planned', [1], { isOurs: true, lost: 1 }),
    result('quick', 'planned', [9], { lost: 5 }),
  ]);
  expect(found.at(-1)).toEqual({ sentence: 'planned: 1 acknowledged writes lost; aim: none', isMet: false });
});

test('where nobody else is installed nothing is judged but the writes', () => {
  expect(judged([LIMIT, OURS])).toEqual([
    { sentence: 'planned: nobody is there to be compared with; the limit: 40.9 x' },
    { sentence: 'unplanned: not measured' },
    { sentence: 'planned: 0 acknowledged writes lost; aim: none', isMet: true },
  ]);
});
