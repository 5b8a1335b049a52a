import fc from 'fast-check';
import { check, formatFinding, rulesOf, RULES } from '../../../lib/topology';
import { validCloudSqlInput } from '../../_arbitraries/arbitrary-cloud-sql';
import { runs } from '../../_proofs/_helpers/runs';
import { ANY_CLOUD_BREAKERS, CLOUD_SQL_BREAKERS } from '../../_arbitraries/cloud-sql-breakers';

const onAws = new Set(rulesOf('aws').map(({ code }) => code));
const onlyOnGoogle = rulesOf('gcp').filter(({ code }) => !onAws.has(code));

describe('validCloudSqlInput', () => {
  it('draws topologies without a finding', () => {
    fc.assert(
      fc.property(validCloudSqlInput(), (input) => {
        expect(check(input).findings.map((finding) => formatFinding(finding))).toStrictEqual([]);
      }),
      runs(40),
    );
  });
});

describe('one mistake on Google', () => {
  it.each([...CLOUD_SQL_BREAKERS, ...ANY_CLOUD_BREAKERS].map((breaker) => [breaker.code, breaker] as const))(
    'is reported by exactly one rule: %s',
    (code, breaker) => {
      fc.assert(
        fc.property(validCloudSqlInput(breaker.wish), (input) => {
          const broken = breaker.break(input);
          fc.pre(broken !== undefined);
          const found = check(broken).findings;
          const others = found.filter((finding) => finding.code !== code).map((finding) => formatFinding(finding));
          expect({ reported: found.length > 0, others }).toStrictEqual({ reported: true, others: [] });
        }),
        runs(5),
      );
    },
  );

  it('can break every rule of Cloud SQL, and nothing else', () => {
    expect(new Set(CLOUD_SQL_BREAKERS.map(({ code }) => code))).toStrictEqual(
      new Set(onlyOnGoogle.map(({ code }) => code)),
    );
  });
});

describe('rulesOf', () => {
  it('shares out all rules: some for one cloud, some for the other, some for both', () => {
    const codes = new Set([...rulesOf('aws'), ...rulesOf('gcp')].map(({ code }) => code));
    expect(codes).toStrictEqual(new Set(RULES.map(({ code }) => code)));
    expect(
      rulesOf('gcp')
        .filter(({ code }) => onAws.has(code))
        .map(({ code }) => code),
    ).toStrictEqual([
      'origin-count',
      'source-unknown',
      'lineage-cycle',
      'source-retired',
      'follows-nobody',
      'primary-unknown',
      'primary-retired',
      'primary-not-promotable',
      'nothing-promotable',
      'region-loss-uncovered',
      'lag-above-data-loss',
      'heartbeat-above-lag',
      'role-word-in-name',
    ]);
  });
});
