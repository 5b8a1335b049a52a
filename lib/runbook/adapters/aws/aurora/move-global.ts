import type { DBCluster, GlobalCluster } from '@aws-sdk/client-rds';
import { UnderstudyError, type MemberId, type Seconds } from '../../../../topology';
import type { Kind } from '../../../decision';
import type { Procedure, Step } from '../../../execution/ports';
import { named, placeById, type Place } from '../fleet/place';
import { madeOf, stuck, wait, type Progress } from '../fleet/stages';
import type { ClusterScene } from './cluster-scene';
import { globalName, isArnOf, isAvailable, isHeadless, isResyncing, memberOf } from './cluster-state';
import { globalAt } from './global-at';

const MOVE = 'move';

/** How long a call that was taken may look as if nothing was asked. Guessed, never tried live. */
const SILENCE: Seconds = 180;

/** One call to Aurora, and then waiting until it says that the target is the writer and nothing is under way any more. */
export function movingGlobal(scene: ClusterScene, target: MemberId, kind: Kind): Procedure {
  return { next: async (attempts) => next(scene, { target, kind }, { attempts, now: scene.clock.now() }) };
}

interface Wish {
  readonly target: MemberId;
  readonly kind: Kind;
}

async function next(scene: ClusterScene, { target, kind }: Wish, progress: Progress): Promise<Step> {
  const { topology, rds } = scene;
  const [place, old] = [placeById(topology, target), placeById(topology, topology.primary)];
  // Unplanned, nobody waits for the Region that is lost.
  const [global, cluster] = await Promise.all([
    readGlobal(scene, kind === 'failover' ? [place.region] : [place.region, old.region]),
    rds.cluster(place),
  ]);
  if (cluster === undefined) return stuck(`RDS has no cluster ${named(place)}; declare the identifier that it has`);
  const member = memberOf(global, place);
  if (member === undefined) return stuck(`${named(place)} is no cluster of the global database any more`);
  const under = underWay(global, place, progress);
  if (under !== undefined) return under;
  if (member.IsWriter === true) {
    const { Status = 'in no status' } = cluster;
    if (!isAvailable(cluster)) return wait(`${named(place)}, which is ${Status}, to be available`, progress);
    return { kind: 'done', proof: `${named(place)} is the writer of the global database, by Aurora's own word` };
  }
  const made = madeOf(progress.attempts, MOVE);
  if (made !== undefined && progress.now - made.at < SILENCE) return wait(`the move to ${named(place)}`, progress);
  const hindrance = hindranceOf(global, cluster, { place, old });
  if (hindrance !== undefined) return stuck(hindrance);
  if (!isAvailable(cluster))
    return wait(`${named(place)}, which is ${cluster.Status ?? ''}, to be available`, progress);
  return callOf(scene, kind, { place, old, arn: member.DBClusterArn ?? '' });
}

/** What Aurora is doing with the global database. Its status is one of several words; any of them is under way. */
function underWay({ FailoverState: state }: GlobalCluster, place: Place, progress: Progress): Step | undefined {
  if (state?.Status === undefined) return undefined;
  if (isArnOf(state.ToDbClusterArn, place))
    return wait(`Aurora to move to ${named(place)} (${state.Status})`, progress);
  return stuck(`Aurora moves the global database to ${state.ToDbClusterArn ?? 'another cluster'} (${state.Status})`);
}

interface Ends {
  readonly place: Place;
  readonly old: Place;
}

function hindranceOf(global: GlobalCluster, cluster: DBCluster, { place, old }: Ends): string | undefined {
  const member = memberOf(global, place);
  const writer = global.GlobalClusterMembers?.find(({ IsWriter }) => IsWriter === true);
  if (writer !== undefined && !isArnOf(writer.DBClusterArn, old)) {
    return `${writer.DBClusterArn ?? 'another cluster'} is the writer of the global database: somebody has moved it; plan anew`;
  }
  if (member !== undefined && isResyncing(member)) {
    return `${named(place)} is pending-resync: Aurora makes it anew from the primary, and nothing can move there before that is over`;
  }
  return isHeadless(cluster) ? `${named(place)} has no server any more: it is headless` : undefined;
}

/** Planned, Aurora takes the call where the primary is; unplanned, where the target is (facts/promotion.md §2). */
function callOf(
  { topology, rds }: ClusterScene,
  kind: Kind,
  { place, old, arn }: Ends & { readonly arn: string },
): Step {
  const identifier = globalName(topology);
  return kind === 'switchover'
    ? {
        kind: 'do',
        id: MOVE,
        title: `switch the global database ${identifier} over to ${named(place)}`,
        call: () => rds.switchOver({ identifier, region: old.region }, arn),
      }
    : {
        kind: 'do',
        id: MOVE,
        title: `fail the global database ${identifier} over to ${named(place)}, allowing data loss, which cannot be taken back`,
        call: () => rds.failOver({ identifier, region: place.region }, arn),
      };
}

/** @throws UnderstudyError of family `retryable` when nobody answers */
export async function readGlobal(scene: ClusterScene, regions: readonly string[]): Promise<GlobalCluster> {
  const { global, problem } = await globalAt(scene.rds, scene.topology, regions);
  if (global !== undefined) return global;
  const identifier = globalName(scene.topology);
  throw new UnderstudyError(
    'global-unreadable',
    problem ??
      `RDS has no global database ${identifier}; allowed: the one that ${scene.topology.name} is; fix: declare its globalIdentifier`,
    { family: 'retryable' },
  );
}
