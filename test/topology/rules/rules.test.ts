import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingsIn, RULES } from '../../../lib/topology';
import { normalise } from '../../../lib/topology/normalise';
import { withMember, withObjectives } from '../../_arbitraries/edits';
import { sample } from '../../_helpers/sample-topology';

/** The codes that the tests beside this one describe. */
function described(): readonly string[] {
  const texts = readdirSync(__dirname)
    .filter((file) => file.endsWith('-rules.test.ts'))
    .map((file) => readFileSync(join(__dirname, file), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(/^describeRule\('([a-z0-9-]+)'/gm)].map(([, code = '']) => code));
}

describe('RULES', () => {
  it('are each described by exactly one block', () => {
    expect(described().toSorted()).toStrictEqual(RULES.map(({ code }) => code).toSorted());
  });

  it('each say in one line what they are about', () => {
    expect(RULES.filter(({ about }) => !/^\S.{10,139}[^.\s]$/.test(about)).map(({ code }) => code)).toStrictEqual([]);
  });

  it('report errors before warnings, each in their own order', () => {
    const input = withMember(withObjectives(sample(), { lag: '1m', dataLoss: '30s' }), 'bab', {
      promotion: 'never',
      region: 'x',
    });
    expect(findingsIn(normalise(input)).map(({ code, severity }) => `${severity} ${code}`)).toStrictEqual([
      'error lag-above-data-loss',
      'error region-unknown',
      'warning nothing-promotable',
      'warning idle-lag-climb',
    ]);
  });
});
