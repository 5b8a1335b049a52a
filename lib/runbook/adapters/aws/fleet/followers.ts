import type { DBInstance } from '@aws-sdk/client-rds';
import { isAwsCallError } from '../aws-call-error';
import { hindrance, replicationInfo, replicationOf } from './instance-state';
import type { Place } from './place';
import type { RdsGateway } from './rds-gateway';

/** Who follows the new primary, and how that does. */
export interface Follower extends Place {
  readonly state: 'running' | 'not yet' | 'broken' | 'unseen';
  /** Why it is broken. */
  readonly problem?: string;
}

/** Everybody whom RDS lists as a replica, in whatever Region. It lists one from when its creation began: never tried live. */
export async function followersOf(rds: RdsGateway, source: Place, instance: DBInstance): Promise<readonly Follower[]> {
  const names = instance.ReadReplicaDBInstanceIdentifiers ?? [];
  const found = await Promise.all(names.map((name) => follower(rds, placeNamed(name, source.region))));
  return found.filter((each) => each !== undefined);
}

/** Those in other Regions are listed by ARN: never tried live. */
function placeNamed(name: string, region: string): Place {
  const [, , service, there = region, , , identifier = name] = name.split(':');
  return service === undefined ? { identifier: name, region } : { identifier, region: there };
}

async function follower(rds: RdsGateway, place: Place): Promise<Follower | undefined> {
  try {
    const instance = await rds.describe(place);
    if (instance === undefined) return undefined;
    const problem = hindrance(instance);
    if (problem !== undefined) return { ...place, state: 'broken', problem };
    const replication = replicationOf(instance);
    if (replication === 'running') return { ...place, state: 'running' };
    if (replication !== 'stopped') return { ...place, state: 'not yet' };
    const { status, message } = replicationInfo(instance);
    const why = message === undefined ? '' : ` (${message})`;
    return { ...place, state: 'broken', problem: `replication into ${place.identifier} is ${status ?? ''}${why}` };
  } catch (error) {
    if (!isAwsCallError(error)) throw error;
    // A Region that is lost: whoever is there may follow or not.
    return { ...place, state: 'unseen' };
  }
}
