import fc from 'fast-check';
import { check, formatFinding } from '../../lib/topology';
import { validClusterInput } from './arbitrary-cluster';
import { expectedWarnings, validTopologyInput } from './arbitrary-topology';
import { runs } from '../_proofs/_helpers/runs';

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
      runs(60),
    );
  });

  it('draws topologies without errors also where warnings are asked for', () => {
    fc.assert(
      fc.property(validTopologyInput({ doubtful: true }), (input) => {
        expect(check(input).findings.filter(({ severity }) => severity === 'error')).toStrictEqual([]);
      }),
      runs(40),
    );
  });
});

describe('validClusterInput', () => {
  it('draws topologies of clusters without a finding, but that one is not encrypted', () => {
    fc.assert(
      fc.property(validClusterInput(), (input) => {
        const { findings } = check(input);
        expect(
          findings.filter(({ code }) => code !== 'not-encrypted').map((each) => formatFinding(each)),
        ).toStrictEqual([]);
      }),
      runs(20),
    );
  });
});
