import { scaleFor } from '../../lib/rehearsal/scale-here';

test.each([
  ['nothing else to do', [40, 45, 900], 50],
  ['a machine that is busy', [300, 250, 310], 25],
  ['one that has no time at all', [9000, 8000, 7000], 10],
])('%s', (_, took, scale) => {
  expect(scaleFor(took)).toBe(scale);
});
