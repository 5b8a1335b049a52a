import fc from 'fast-check';
import { check, formatFinding, rulesOf, type TopologyInput } from '../../../lib/topology';
import { validTopologyInput } from '../../_arbitraries/arbitrary-topology';
import { validClusterInput } from '../../_arbitraries/arbitrary-cluster';
import { Whole } from '../../_arbitraries/breaker';
import { BREAKERS } from '../../_arbitraries/breakers';
import { CLUSTER_BREAKERS } from '../../_arbitraries/cluster-breakers';
import { runs } from '../../_proofs/_helpers/runs';

function codesOf(input: TopologyInput): ReadonlySet<string> {
  return new Set(check(input).findings.map(({ code }) => code));
}

/** What is found in the broken topology and was not found in the whole one. */
function newlyFound(whole: TopologyInput, broken: TopologyInput): readonly string[] {
  const before = codesOf(whole);
  return check(broken)
    .findings.filter(({ code }) => !before.has(code))
    .map((finding) => formatFinding(finding));
}

describe('one mistake', () => {
  it.each(BREAKERS.map((breaker, index) => ({ name: `${breaker.code} (${index})`, breaker })))(
    'is reported by exactly one rule: $name',
    ({ breaker }) => {
      fc.assert(
        fc.property(validTopologyInput(breaker.wish), fc.nat({ max: 5040 }), (input, choice) => {
          const broken = breaker.break(new Whole(input, choice));
          fc.pre(broken !== undefined);
          const found = newlyFound(input, broken);
          const others = found.filter((line) => !line.includes(` ${breaker.code}: `));
          expect({ reported: found.length > 0, others }).toStrictEqual({ reported: true, others: [] });
        }),
        runs(6),
      );
    },
  );

  it.each(CLUSTER_BREAKERS.map((breaker, index) => ({ name: `${breaker.code} (${index})`, breaker })))(
    'in a topology of clusters is reported by exactly one rule: $name',
    ({ breaker }) => {
      fc.assert(
        fc.property(validClusterInput(breaker.wish), (input) => {
          const found = newlyFound(input, breaker.break(input));
          const others = found.filter((line) => !line.includes(` ${breaker.code}: `));
          expect({ reported: found.length > 0, others }).toStrictEqual({ reported: true, others: [] });
        }),
        runs(6),
      );
    },
  );

  it('can break every rule of AWS, and nothing else', () => {
    expect(new Set([...BREAKERS, ...CLUSTER_BREAKERS].map(({ code }) => code))).toStrictEqual(
      new Set(rulesOf('aws').map(({ code }) => code)),
    );
  });
});
