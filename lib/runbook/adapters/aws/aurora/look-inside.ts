import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import type { Member, Topology } from '../../../../topology';
import type { Obstacle } from '../../../decision';
import type { ControlPlaneSighting, FleetSighting } from '../../../execution/ports';
import { isAwsCallError } from '../aws-call-error';
import { named, type Place } from '../fleet/place';
import { enclosingPlace } from './enclosing-place';
import { serverMeasure } from './lag-measure';
import { isSilence, type ClusterLookout } from './look-at-clusters';

/** One look at the servers of a cluster. */
export async function lookInside({ rds, samples, clock }: ClusterLookout, topology: Topology): Promise<FleetSighting> {
  const place = enclosingPlace(topology);
  try {
    const [cluster, servers] = await Promise.all([rds.cluster(place), rds.servers(place)]);
    const writer = cluster?.DBClusterMembers?.find(({ IsClusterWriter }) => IsClusterWriter === true);
    const readers = topology.members
      .map(({ aws }) => aws.identifier ?? '')
      .filter((id) => id !== writer?.DBInstanceIdentifier);
    const lags = await samples.read(place.region, readers, clock.now(), serverMeasure(topology));
    return {
      members: topology.members.map((member) => {
        const server = servers.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === member.aws.identifier);
        // While the writer moves, RDS names the new one late, and it takes writes: that would look like a second primary.
        const isPrimary = member.id === topology.primary;
        const isWriter = isMoving(cluster) ? isPrimary : writer?.DBInstanceIdentifier === member.aws.identifier;
        const isAskable = isPrimary || !isMoving(cluster);
        const own = lags.of.get(`${place.region}/${member.aws.identifier ?? ''}`) ?? [];
        return { ...sighting(member, server, isWriter), samples: own, ...(isAskable ? {} : { isAskable }) };
      }),
      obstacles: [...lags.obstacles, ...unchosen(topology), ...(isMoving(cluster) ? [moving(place)] : [])],
    };
  } catch (error) {
    if (!isAwsCallError(error)) throw error;
    const controlPlane = isSilence(error) ? 'unreachable' : 'unknown';
    return { members: topology.members.map(({ id }) => ({ id, controlPlane, ...NOTHING })), obstacles: [] };
  }
}

/** Aurora, or somebody, moves the writer at the moment. */
const isMoving = (cluster: DBCluster | undefined): boolean => cluster?.Status === 'failing-over';

/** A run waits for it, and makes no call when its own target is whom it moves to. */
const moving = (place: Place): Obstacle => ({
  id: 'writer-moves',
  severity: 'warn',
  acceptance: 'none',
  problem: `the writer of ${named(place)} is being moved: by Aurora itself, or by somebody who asked for it`,
  fix: 'wait a minute, and look who it is then',
});

const NOTHING = { isReady: false, replication: 'unknown', samples: [] } as const;

function sighting({ id }: Member, server: DBInstance | undefined, isWriter: boolean): ControlPlaneSighting {
  if (server === undefined) return { id, ...NOTHING, controlPlane: 'reachable', status: 'not there' };
  const { DBInstanceStatus: status, Endpoint } = server;
  const isAddressed = Endpoint?.Address !== undefined && Endpoint.Port !== undefined;
  return {
    id,
    controlPlane: 'reachable',
    ...(status === undefined ? {} : { status }),
    isReady: status === 'available',
    // Nobody in a cluster follows nobody.
    replication: isWriter ? 'none' : 'running',
    samples: [],
    ...(isAddressed ? { address: { host: Endpoint.Address ?? '', port: Endpoint.Port ?? 0 } } : {}),
  };
}

/** FailoverDBCluster takes no target there (facts/promotion.md §2): whom RDS would choose is in no plan. */
function unchosen({ kind, engine }: Topology): readonly Obstacle[] {
  if (kind !== 'multi-az-cluster' || engine.name !== 'mysql') return [];
  return [
    {
      id: 'target-not-choosable',
      severity: 'block',
      acceptance: 'none',
      problem: 'in a Multi-AZ DB cluster of MySQL nobody can choose who becomes the writer',
      fix: 'fail over by hand (aws rds failover-db-cluster), and let RDS choose',
    },
  ];
}
