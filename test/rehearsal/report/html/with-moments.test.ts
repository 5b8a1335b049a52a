import { html } from '../../../../lib/rehearsal/report/html/markup';
import { withMoments } from '../../../../lib/rehearsal/report/html/with-moments';

const WHEN = { began: '2030-01-01T00:00:00.000Z', seconds: 200 };
const shown = (text: string): string => html`${withMoments(text, WHEN)}`.text;

test('an instant of the rehearsal is a moment of the picture, and says what it was', () => {
  const instant = '2030-01-01T00:01:10.500Z';
  expect(shown(`<lost> from ${instant} on`)).toBe(
    `&#60;lost&#62; from <time datetime="${instant}" title="${instant}">1:10</time> on`,
  );
});

test('any other instant stays', () => {
  const text = 'from 2029-12-31T23:59:59Z to 2030-01-01T00:03:21Z';
  expect(shown(text)).toBe(text);
});
