import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScenario, scenarioJsonSchema } from '../../lib/rehearsal';
import { scenarioSchemaText } from '../../scripts/scenario-schema-text';
import { withScenarios } from '../../scripts/write-scenarios';

const ROOT = join(__dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

test('the README lists the scenarios that there are (if not: npm run docs)', () => {
  expect(README).toBe(withScenarios(README));
});

test("the scenario of one's own that it shows can be read", () => {
  const [, text = ''] = /```yaml\n(# flood\.scenario\.yaml\n[^]*?)```/.exec(README) ?? [];
  expect(parseScenario(text)).toMatchObject({ name: 'flood', runs: [{ mode: 'failover' }] });
});

test('schema/scenario.schema.json is current (if not: npm run docs)', () => {
  expect(readFileSync(join(ROOT, 'schema/scenario.schema.json'), 'utf8')).toBe(scenarioSchemaText());
  expect(JSON.parse(scenarioSchemaText())).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});
