import fc from 'fast-check';
import { Lateness } from '../../lib/rehearsal/lateness';
import { runs } from '../_proofs/_helpers/runs';

/** When what is due at each of these times is told. */
const toldAt = (changes: readonly (readonly [now: number, by: number])[], ...usual: readonly number[]) => {
  const lateness = new Lateness();
  for (const [now, by] of changes) lateness.change(now, by);
  return usual.map((each) => lateness.toldAt(each));
};

test('from a time on everything is told so much later', () => {
  expect(toldAt([], 0, 100)).toEqual([0, 100]);
  expect(toldAt([[100, 30]], 0, 100, 101, 500)).toEqual([0, 100, 131, 530]);
});

test('when it ends, what was held back comes at once, and the rest as usual', () => {
  const late = [
    [100, 300],
    [200, 0],
  ] as const;
  expect(toldAt(late, 100, 101, 199, 200, 201)).toEqual([100, 200, 200, 200, 201]);
});

test('what is held back goes by what is said last', () => {
  const longer = [
    [100, 30],
    [200, 300],
  ] as const;
  expect(toldAt(longer, 150, 190, 200)).toEqual([180, 490, 500]);
  const shorter = [
    [100, 300],
    [200, 30],
  ] as const;
  expect(toldAt(shorter, 150, 190, 200)).toEqual([200, 220, 230]);
});

test('nothing is told before its time, and nothing overtakes what was measured before', () => {
  const when = fc.nat(1000);
  fc.assert(
    fc.property(fc.array(fc.tuple(when, fc.nat(500))), when, when, (changes, a, b) => {
      const inOrder = changes.toSorted(([one], [other]) => one - other);
      const [first = 0, second = 0] = toldAt(inOrder, Math.min(a, b), Math.max(a, b));
      expect(first).toBeGreaterThanOrEqual(Math.min(a, b));
      expect(second).toBeGreaterThanOrEqual(first);
    }),
    runs(50),
  );
});

test('what was told stays told, whatever is said afterwards', () => {
  const when = fc.nat(1000);
  fc.assert(
    fc.property(fc.array(fc.tuple(when, fc.nat(500))), when, when, fc.nat(500), (changes, usual, now, by) => {
      const inOrder = changes.filter(([at]) => at <= now).toSorted(([one], [other]) => one - other);
      const [before = 0] = toldAt(inOrder, usual);
      fc.pre(before <= now);
      expect(toldAt([...inOrder, [now, by]], usual)).toEqual([before]);
    }),
    runs(50),
  );
});
