import type { DBCluster, GlobalCluster } from '@aws-sdk/client-rds';
import type { Topology } from '../../../../topology';
import type { Obstacle, Replication } from '../../../decision';
import type { Clock, ControlPlaneSighting, FleetSighting } from '../../../execution/ports';
import { isAwsCallError, type AwsCallError } from '../aws-call-error';
import type { LagSamples, Samples } from '../fleet/lag-samples';
import { placeOf, type MemberPlace } from '../fleet/place';
import type { AuroraGateway } from './aurora-gateway';
import { clusterObstacles } from './cluster-obstacles';
import { isAvailable, isHeadless, isResyncing, linkOf, memberOf } from './cluster-state';
import { globalAt, type GlobalSight } from './global-at';
import { clusterMeasure } from './lag-measure';

export interface ClusterLookout {
  readonly rds: AuroraGateway;
  readonly samples: LagSamples;
  readonly clock: Clock;
}

/** What RDS answered when it was asked for a cluster. */
export interface ClusterAnswer {
  readonly place: MemberPlace;
  readonly cluster?: DBCluster;
  readonly error?: AwsCallError;
}

/** One look at clusters: those of a global database, or those that follow another by binary log. */
export async function lookAtClusters(
  { rds, samples, clock }: ClusterLookout,
  topology: Topology,
): Promise<FleetSighting> {
  const members = topology.members.filter(({ retired }) => retired === undefined);
  const places = members.flatMap((member) => placeOf(topology, member) ?? []);
  const [answers, sight] = await Promise.all([
    Promise.all(places.map((place) => answerOf(rds, place))),
    topology.kind === 'global' ? globalAt(rds, topology, regionsOf(places, topology)) : undefined,
  ]);
  // Who has no server is told of as such, and need not tell any lag.
  const replicas = answers.filter(
    ({ place: { member }, cluster }) => cluster && !isHeadless(cluster) && member.id !== topology.primary,
  );
  const lags = await Promise.all(
    replicas.map(({ place: { region, identifier } }) =>
      samples.read(region, [identifier], clock.now(), clusterMeasure(topology)),
    ),
  );
  return {
    members: members.map(({ id }) => {
      const answer = answers.find(({ place }) => place.member.id === id);
      return sighting(id, answer, { topology, sight, lags, at: clock.now() });
    }),
    obstacles: [
      ...clusterObstacles(topology, answers),
      ...unreadGlobal(sight),
      ...lags.flatMap(({ obstacles }) => obstacles),
    ],
  };
}

/** Those of secondaries first: the primary's may be the one that is lost. */
function regionsOf(places: readonly MemberPlace[], { primary }: Topology): readonly string[] {
  const others = places.filter(({ member }) => member.id !== primary);
  return [...new Set([...others, ...places].map(({ region }) => region))];
}

async function answerOf(rds: AuroraGateway, place: MemberPlace): Promise<ClusterAnswer> {
  try {
    const cluster = await rds.cluster(place);
    return { place, ...(cluster === undefined ? {} : { cluster }) };
  } catch (error) {
    if (isAwsCallError(error)) return { place, error };
    throw error;
  }
}

interface Context {
  readonly topology: Topology;
  readonly sight: GlobalSight | undefined;
  readonly lags: readonly Samples[];
  readonly at: number;
}

function sighting(id: string, answer: ClusterAnswer | undefined, context: Context): ControlPlaneSighting {
  const { topology, sight, lags, at } = context;
  const { place, cluster, error } = answer ?? {};
  const nothing = { id, isReady: false, replication: 'unknown', samples: [] } as const;
  if (place === undefined) return { ...nothing, controlPlane: 'unknown' };
  if (error !== undefined) return { ...nothing, controlPlane: isSilence(error) ? 'unreachable' : 'unknown' };
  if (cluster === undefined) return { ...nothing, controlPlane: 'reachable', status: 'not there', stoppedAt: at };
  const status = statusOf(cluster, place, sight?.global);
  return {
    id,
    controlPlane: 'reachable',
    status,
    isReady: status === 'available',
    replication: replicationOf(cluster, place, context),
    samples: lags.flatMap(({ of }) => of.get(`${place.region}/${place.identifier}`) ?? []),
    ...(cluster.Endpoint === undefined || cluster.Port === undefined
      ? {}
      : { address: { host: cluster.Endpoint, port: cluster.Port } }),
    // The writer's name of a secondary leads to nobody before it is promoted.
    ...(topology.kind === 'global' && id !== topology.primary ? { isAskable: false } : {}),
    ...(cluster.Status === 'stopped' ? { stoppedAt: at } : {}),
  };
}

/** What keeps a cluster from being promoted comes before what RDS calls its condition. */
function statusOf(cluster: DBCluster, place: MemberPlace, global: GlobalCluster | undefined): string {
  const member = global && memberOf(global, place);
  if (member !== undefined && isResyncing(member)) return 'pending-resync';
  if (isHeadless(cluster)) return 'headless';
  return isAvailable(cluster) ? 'available' : (cluster.Status ?? 'in an unknown condition');
}

function replicationOf(cluster: DBCluster, place: MemberPlace, { topology, sight }: Context): Replication {
  if (topology.kind === 'global')
    return sight?.global === undefined ? 'unknown' : linkOf(memberOf(sight.global, place));
  // RDS says whom it follows, and not whether that works.
  return cluster.ReplicationSourceIdentifier ? 'unknown' : 'none';
}

/** Without credentials nothing was sent: that says nothing about the Region. */
export const isSilence = ({ isAnswered, code }: AwsCallError): boolean => !isAnswered && code !== 'aws-denied';

function unreadGlobal(sight: GlobalSight | undefined): readonly Obstacle[] {
  if (sight === undefined || sight.global !== undefined) return [];
  return [
    {
      id: 'global-unseen',
      severity: 'warn',
      acceptance: 'none',
      problem: sight.problem ?? 'RDS has no global database of that name',
      fix: 'see that it has the declared globalIdentifier, and that rds:DescribeGlobalClusters is allowed',
    },
  ];
}
