import fc from 'fast-check';
import { check, formatFinding } from '../../lib/topology';
import { expectedWarnings, validTopologyInput } from './arbitrary-topology';

describe('validTopologyInput', () => {
  it('draws topologies without errors, and without warnings that they were not meant to have', () => {
    fc.assert(
      fc.property(validTopologyInput(), (input) => {
        const expected = expectedWarnings(input);
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
