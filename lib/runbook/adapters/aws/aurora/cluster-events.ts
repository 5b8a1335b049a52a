import type { Event } from '@aws-sdk/client-rds';
import type { Instant } from '../../../decision';
import type { CloudFence } from '../../../execution/ports';
import { isAwsCallError } from '../aws-call-error';
import { named, type Place } from '../fleet/place';
import type { AuroraGateway } from './aurora-gateway';

/**
 * What DescribeEvents says has no number, only a sentence: these are the sentences of the Amazon Aurora User Guide, "Amazon RDS
 * event categories and event messages". Never seen live, so they are read loosely, and here alone.
 */
const FENCED = /attempt to block writes for DB cluster (\S+) in Region (\S+?) (succeeded|timed out)/i;
const REPOINTED = /finished changing the DNS name that the global writer endpoint/i;

/** How far clocks may differ, and how late a call is noted. */
const MARGIN = 60;

/** RDS-EVENT-0390: Aurora has blocked the writes of a cluster in its storage. RDS-EVENT-0391: that timed out, and it went on. */
export function fenceIn(events: readonly Event[], old: Place): CloudFence | undefined {
  const told = events.flatMap(({ Message = '' }) => {
    const [, cluster, region, verdict] = FENCED.exec(Message) ?? [];
    return cluster === old.identifier && region === old.region && verdict !== undefined ? [verdict.toLowerCase()] : [];
  });
  if (told.length === 0) return undefined;
  // One that timed out is not made good by another that came through: in between, somebody may have written.
  return told.includes('timed out')
    ? { outcome: 'attempted', reason: `Aurora could not block the writes of ${named(old)} in time (RDS-EVENT-0391)` }
    : { outcome: 'proven', reason: `Aurora has blocked the writes of ${named(old)} in its storage (RDS-EVENT-0390)` };
}

/** RDS-EVENT-0397: the global writer endpoint leads to the new primary. */
export const isRepointed = (events: readonly Event[]): boolean =>
  events.some(({ Message = '' }) => REPOINTED.test(Message));

/**
 * What RDS has told in several Regions since a call was made. Aurora tells in the Region of the old primary, or of the new one
 * when that cannot be reached: who does not answer is left out.
 */
export async function eventsSince(
  rds: AuroraGateway,
  regions: readonly string[],
  calledAt: Instant,
): Promise<readonly Event[]> {
  const told = await Promise.all(
    [...new Set(regions)].map(async (region) => {
      try {
        return await rds.events(region, calledAt - MARGIN);
      } catch (error) {
        if (!isAwsCallError(error)) throw error;
        return [];
      }
    }),
  );
  return told.flat();
}
