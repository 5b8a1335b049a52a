import { countText, spanText } from '../../../../lib/rehearsal/report/html/amount-text';

test.each([
  [0, '0s'],
  [0.04, '0s'],
  [4.56, '4.6s'],
  [9.96, '10s'],
  [59.4, '59s'],
  [59.6, '1m'],
  [65, '1m 5s'],
  [3600, '1h'],
  [3725, '1h 2m'],
])('%d seconds are %s', (seconds, text) => {
  expect(spanText(seconds)).toBe(text);
});

test('what is counted', () => {
  expect([countText(1, 'write'), countText(1234, 'write'), countText(0, 'was', 'were')]).toEqual([
    ...['1 write', '1,234 writes', '0 were'],
  ]);
});
