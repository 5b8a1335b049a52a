import fc from 'fast-check';
import type { Write, WriteEnd } from '../../../lib/rehearsal/clients/write-log';
import { bandOf } from '../../../lib/rehearsal/report/band-of';
import type { Band } from '../../../lib/rehearsal/report/report-schema';
import { at, BEGAN, write } from './_helpers/rehearsed';

const RESOLUTION = 3;

const bands = (writes: readonly Write[], lost: readonly string[] = []): readonly Band[] =>
  bandOf({
    ...{ writes, resolution: RESOLUTION },
    isLost: ({ id }) => lost.includes(id),
    memberOf: (host) => host.toUpperCase(),
    at: (time) => (time - BEGAN) / 1000,
  });

/** `from-to state member acknowledged/lost/refused/unknown` */
const drawn = (writes: readonly Write[], lost?: readonly string[]): readonly string[] =>
  bands(writes, lost).map(
    ({ from, to, state, member = '-', ...counts }) =>
      `${from}-${to} ${state} ${member} ${counts.acknowledged}/${counts.lost}/${counts.refused}/${counts.unknown}`,
  );

const all = (from: number, to: number, host: string, end?: WriteEnd): readonly Write[] =>
  Array.from({ length: to - from }, (_, index) => write(from + index, host, end));

test.each<[string, readonly Write[], readonly string[], readonly string[]]>([
  ['nobody wrote', [], [], []],
  ['all went well', all(0, 10, 'a'), [], ['0-9.1 written A 10/0/0/0']],
  ['nothing was ever acknowledged', all(0, 10, 'a', 'refused'), [], ['0-9.1 none - 0/0/10/0']],
  [
    'an interruption, and somebody else goes on',
    [...all(0, 5, 'a'), write(5, 'a', 'unknown'), ...all(6, 20, 'a', 'refused'), ...all(20, 30, 'b')],
    [],
    ['0-4.1 written A 5/0/0/0', '4.1-20.1 none - 0/0/14/1', '20.1-29.1 written B 10/0/0/0'],
  ],
  [
    'it fails until the end',
    [...all(0, 5, 'a'), ...all(5, 10, 'a', 'refused')],
    [],
    ['0-4.1 written A 5/0/0/0', '4.1-9.1 none - 0/0/5/0'],
  ],
  [
    'an interruption that is none',
    [...all(0, 5, 'a'), write(5, 'a', 'refused'), ...all(6, 10, 'a')],
    [],
    ['0-9.1 written A 9/0/1/0'],
  ],
  [
    'somebody else goes on at once',
    [...all(0, 5, 'a'), ...all(5, 10, 'b')],
    [],
    ['0-4.1 written A 5/0/0/0', '4.1-9.1 written B 5/0/0/0'],
  ],
  ['the last ones are lost', all(0, 5, 'a'), ['wes-3', 'wes-4'], ['0-2.1 written A 3/0/0/0', '2.1-4.1 lost A 2/2/0/0']],
  [
    'one that is there lies between two that are lost',
    all(0, 6, 'a'),
    ['wes-2', 'wes-4'],
    ['0-1.1 written A 2/0/0/0', '1.1-4.1 lost A 3/2/0/0', '4.1-5.1 written A 1/0/0/0'],
  ],
  [
    'two that are lost are far from each other',
    all(0, 7, 'a'),
    ['wes-1', 'wes-5'],
    [
      '0-0.1 written A 1/0/0/0',
      '0.1-1.1 lost A 1/1/0/0',
      '1.1-4.1 written A 3/0/0/0',
      '4.1-5.1 lost A 1/1/0/0',
      '5.1-6.1 written A 1/0/0/0',
    ],
  ],
])('%s', (_, writes, lost, expected) => {
  expect(drawn(writes, lost)).toEqual(expected);
});

const steps = fc.array(
  fc.record({
    after: fc.nat(6000),
    end: fc.constantFrom<WriteEnd>('acknowledged', 'acknowledged', 'refused', 'unknown'),
    host: fc.constantFrom('a', 'b'),
    isLost: fc.boolean(),
  }),
  { maxLength: 60 },
);

test('whatever happened: bands follow each other, every write is counted once, and no lost one or interruption is missing', () => {
  fc.assert(
    fc.property(steps, (given) => {
      let now = BEGAN;
      const writes = given.map(({ after, end, host }, index): Write => {
        now += after;
        return { id: String(index), client: 'wes', host, sent: now, ended: now, end };
      });
      const isAcknowledged = ({ end }: Write): boolean => end === 'acknowledged';
      const lost = writes.filter((each, index) => isAcknowledged(each) && given[index]?.isLost).map(({ id }) => id);
      const found = bands(writes, lost);

      const sum = (key: 'acknowledged' | 'lost' | 'refused' | 'unknown'): number =>
        found.reduce((total, band) => total + band[key], 0);
      const count = (end: WriteEnd): number => writes.filter((each) => each.end === end).length;
      expect([sum('acknowledged'), sum('refused'), sum('unknown'), sum('lost')]).toEqual([
        ...[count('acknowledged'), count('refused'), count('unknown')],
        lost.length,
      ]);
      expect(found.slice(1).map(({ from }) => from)).toEqual(found.slice(0, -1).map(({ to }) => to));
      expect(found.filter(({ state, lost: some }) => some > 0 !== (state === 'lost'))).toEqual([]);

      const times = writes.filter(isAcknowledged).map(({ ended }) => (ended - at(0)) / 1000);
      const breaks = times.slice(1).flatMap((to, index) => {
        const from = times[index] ?? to;
        return to - from > RESOLUTION ? [[from, to]] : [];
      });
      const silences = found.filter(({ state }) => state === 'none').map(({ from, to }) => [from, to]);
      expect(silences).toEqual(expect.arrayContaining(breaks));
    }),
    { numRuns: process.env['SOAK'] === undefined ? 50 : 5000 },
  );
});
