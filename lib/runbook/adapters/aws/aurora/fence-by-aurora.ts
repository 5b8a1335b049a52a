import type { MemberId } from '../../../../topology';
import { moveOf } from '../../../decision';
import type { CloudFence, Promotion } from '../../../execution/ports';
import { named, placeById } from '../fleet/place';
import { eventsSince, fenceIn } from './cluster-events';
import type { ClusterScene } from './cluster-scene';
import { memberOf } from './cluster-state';
import { readGlobal } from './move-global';

export interface FenceQuestion {
  readonly target: MemberId;
  readonly how: Promotion;
  readonly isDetached: boolean;
}

/** What became of the fence that Aurora has set. Undefined: it has not told yet. */
export async function fenceByAurora(
  scene: ClusterScene,
  { target, how, isDetached }: FenceQuestion,
): Promise<CloudFence | undefined> {
  const { topology, rds, clock } = scene;
  if (moveOf(topology) === 'inside') {
    return { outcome: 'proven', reason: `one server writes the volume of the cluster, and that is ${target} now` };
  }
  const [place, old] = [placeById(topology, target), placeById(topology, topology.primary)];
  if (isDetached) {
    return { outcome: 'impossible', reason: `${named(place)} was detached, and nothing fences ${named(old)} then` };
  }
  const events = await eventsSince(rds, [place.region, old.region], how.calledAt ?? clock.now());
  const told = fenceIn(events, old);
  if (told !== undefined || how.kind === 'failover') return told;
  // Events may never come. A switchover has made the old primary a secondary, which takes no writes.
  const member = memberOf(await readGlobal(scene, [place.region, old.region]), old);
  if (member?.IsWriter !== false || member.SynchronizationStatus !== 'connected') return undefined;
  return { outcome: 'proven', reason: `${named(old)} is a secondary by now, and follows ${named(place)}` };
}
