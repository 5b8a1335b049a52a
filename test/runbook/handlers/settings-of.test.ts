import { settingsOf } from '../../../lib/runbook/handlers/settings-of';
import { SETTINGS } from './_helpers/orders-cloud';

const refusal = (why: string): string =>
  `the environment variable UNDERSTUDY_RUNBOOK is no runbook's settings (${why}); allowed: what the construct PromotionRunbook writes; fix: deploy it anew, with functions and settings of one version`;

it('are the JSON of the variable', () => {
  expect(settingsOf({ UNDERSTUDY_RUNBOOK: JSON.stringify(SETTINGS) })).toStrictEqual(SETTINGS);
});

it.each([
  ['missing', undefined, 'it is missing'],
  ['no JSON', '{', 'it: Invalid input: expected object, received undefined'],
  ['of another version', JSON.stringify({ ...SETTINGS, version: 2 }), 'version: Invalid input: expected 1'],
])('are refused when they are %s', (_, text, why) => {
  const read = jest.fn(() => settingsOf({ UNDERSTUDY_RUNBOOK: text }));
  expect(read).toThrow(refusal(why));
  expect(read.mock.results[0]?.value).toMatchObject({ code: 'settings-refused', family: 'refused' });
});
