import { gunzipSync } from 'node:zlib';
import { UnderstudyError, type Topology } from '../../../topology';

/**
 * The topology as the infrastructure has packed it into the settings of a runbook: gzip, in base64. It was checked then; that it is
 * one is checked here.
 *
 * @throws UnderstudyError `topology-unreadable`
 */
export function givenTopology({
  topology: packed,
  region,
}: {
  readonly topology: string;
  readonly region: string;
}): Topology {
  try {
    const topology = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')) as Topology;
    if (typeof topology.name === 'string' && typeof topology.primary === 'string' && Array.isArray(topology.members)) {
      return topology;
    }
  } catch {
    // Told below: what it says of bytes helps nobody.
  }
  throw new UnderstudyError(
    'topology-unreadable',
    `the runbook's settings in ${region} hold no topology that can be read; allowed: what PromotionRunbook has written; fix: deploy it again`,
  );
}
