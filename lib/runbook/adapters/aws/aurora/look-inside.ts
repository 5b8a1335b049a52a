import type { DBInstance } from '@aws-sdk/client-rds';
import type { Member, Topology } from '../../../../topology';
import type { Obstacle } from '../../../decision';
import type { ControlPlaneSighting, FleetSighting } from '../../../execution/ports';
import { isAwsCallError } from '../aws-call-error';
import { enclosingPlace } from './enclosing-place';
import { serverMeasure } from './lag-measure';
import { isSilence, type ClusterLookout } from './look-at-clusters';

/** One look at the servers of a cluster. */
export async function lookInside({ rds, samples, clock }: ClusterLookout, topology: Topology): Promise<FleetSighting> {
  const place = enclosingPlace(topology);
  try {
    const [cluster, servers] = await Promise.all([rds.cluster(place), rds.servers(place)]);
    const identifiers = topology.members.map(({ aws }) => aws.identifier ?? '');
    const lags = await samples.read(place.region, identifiers, clock.now(), serverMeasure(topology));
    const writer = cluster?.DBClusterMembers?.find(({ IsClusterWriter }) => IsClusterWriter === true);
    return {
      members: topology.members.map((member) => {
        const server = servers.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === member.aws.identifier);
        const isWriter = writer?.DBInstanceIdentifier === member.aws.identifier;
        const own = lags.of.get(`${place.region}/${member.aws.identifier ?? ''}`) ?? [];
        return { ...sighting(member, server, isWriter), samples: own };
      }),
      obstacles: [...(lags.obstacle === undefined ? [] : [lags.obstacle]), ...unchosen(topology)],
    };
  } catch (error) {
    if (!isAwsCallError(error)) throw error;
    const controlPlane = isSilence(error) ? 'unreachable' : 'unknown';
    return { members: topology.members.map(({ id }) => ({ id, controlPlane, ...NOTHING })), obstacles: [] };
  }
}

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
