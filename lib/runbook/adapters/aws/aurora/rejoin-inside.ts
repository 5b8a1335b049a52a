import type { MemberId } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { named, placeById } from '../fleet/place';
import type { ClusterScene } from './cluster-scene';
import { enclosingPlace } from './enclosing-place';

/** Done when another server reads beside the new writer: the old one comes back by itself. */
export function rejoiningInside(scene: ClusterScene, target: MemberId): Procedure {
  return { next: async () => next(scene, target) };
}

async function next({ topology, rds }: ClusterScene, target: MemberId): Promise<Step> {
  const place = enclosingPlace(topology);
  const { identifier } = placeById(topology, target);
  const others = (await rds.servers(place)).filter(({ DBInstanceIdentifier }) => DBInstanceIdentifier !== identifier);
  const reader = others.find(({ DBInstanceStatus }) => DBInstanceStatus === 'available');
  if (reader === undefined)
    return { kind: 'wait', title: `another server of ${named(place)} to be available`, seconds: 10 };
  return { kind: 'done', proof: `${reader.DBInstanceIdentifier ?? ''} reads beside ${identifier}` };
}
