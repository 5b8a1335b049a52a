import type { GlobalCluster } from '@aws-sdk/client-rds';
import type { Topology } from '../../../../topology';
import { isAwsCallError } from '../aws-call-error';
import type { AuroraGateway } from './aurora-gateway';
import { globalName } from './cluster-state';

/** A global database as the first Region says that answers. */
export interface GlobalSight {
  /** Undefined: there is none of that name. */
  readonly global?: GlobalCluster;
  /** Nobody answered, and why. */
  readonly problem?: string;
}

/**
 * Asks the Regions in order, the next one only when one fails. Never tried live: that a Region of a secondary still answers when
 * that of the primary is lost.
 */
export async function globalAt(
  rds: AuroraGateway,
  topology: Topology,
  regions: readonly string[],
): Promise<GlobalSight> {
  let problem = `${topology.name} has no member whose Region is known`;
  for (const region of regions) {
    try {
      const global = await rds.global({ identifier: globalName(topology), region });
      return global === undefined ? {} : { global };
    } catch (error) {
      if (!isAwsCallError(error)) throw error;
      problem = error.message;
    }
  }
  return { problem };
}
