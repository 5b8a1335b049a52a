import fc from 'fast-check';
import { check, formatFinding } from '../../lib/topology';
import { replicasIn, validTopologyInput } from './arbitrary-topology';

describe('validTopologyInput', () => {
  it('draws topologies without errors, and without warnings unless the primary is alone', () => {
    fc.assert(
      fc.property(validTopologyInput(), (input) => {
        const expected = replicasIn(input).length === 0 ? ['nothing-promotable'] : [];
        const { findings } = check(input);
        expect(
          findings.filter(({ code }) => !expected.includes(code)).map((finding) => formatFinding(finding)),
        ).toStrictEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  it('draws topologies without errors also where warnings are asked for', () => {
    fc.assert(
      fc.property(validTopologyInput({ doubtful: true }), (input) => {
        expect(check(input).findings.filter(({ severity }) => severity === 'error')).toStrictEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
