import * as pulumi from '@pulumi/pulumi';
import { acceptedValues, knownTopology } from '../../lib/gcp/known-topology';
import { define } from '../../lib/topology';
import { refusal, value } from './_helpers/mocked-engine';
import { cloudSql, withGcp } from '../_helpers/sample-cloud-sql';

const NETWORK = 'projects/acme-prod/global/networks/later';
const key = (region: string) => `projects/acme-prod/locations/${region}/keyRings/sql/cryptoKeys/k`;

describe.each([
  ['as it is written', withGcp(cloudSql(), { network: {} })],
  ['as it is checked', define(cloudSql())],
])('what is known at deployment only, of a topology %s', (_, topology) => {
  it('is taken', async () => {
    const keys = { ada: pulumi.output(key('europe-west1')), bab: key('europe-north1') };
    const known = knownTopology(topology, { privateNetwork: pulumi.output(NETWORK), keys });
    expect(await value(known.values)).toStrictEqual({
      privateNetwork: NETWORK,
      keys: { ada: key('europe-west1'), bab: key('europe-north1') },
    });
  });

  it('is refused as soon as it is known to be wrong', () => {
    const keys = { ada: key('europe-west1'), bab: key('europe-north1') };
    const known = knownTopology(topology, { privateNetwork: NETWORK, keys });
    const wrong = { privateNetwork: NETWORK, keys: { ...keys, bab: key('us-east1') } };
    expect(refusal(() => acceptedValues(known.topology, wrong))).toMatchObject({
      code: 'topology-refused',
      findings: [
        {
          code: 'key-in-other-location',
          severity: 'error',
          path: ['members', 'bab', 'key'],
          problem: 'bab is in europe-north1 and its key in us-east1',
        },
      ],
    });
  });
});
