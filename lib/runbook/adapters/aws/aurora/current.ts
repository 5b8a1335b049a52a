import type { DBCluster } from '@aws-sdk/client-rds';
import { isUnderstudyError, TopologyView, UnderstudyError, type Member, type Topology } from '../../../../topology';
import { named, placeById, placeOf, type MemberPlace } from '../fleet/place';
import type { AuroraGateway } from './aurora-gateway';
import { memberOf } from './cluster-state';
import { globalAt } from './global-at';

/**
 * The topology as RDS has it. Aurora moves writers by itself, and anybody can switch a global database over: who is primary is
 * asked, not remembered.
 *
 * A cluster that is alone is looked into, and so is the primary's when a run names one of its servers: its servers are the
 * members then. Their ids are those that are declared; one that is not declared has its identifier for an id.
 */
export async function current(rds: AuroraGateway, topology: Topology, target?: string): Promise<Topology> {
  const now = topology.kind === 'global' ? await withWriter(rds, topology) : topology;
  const isMember = target !== undefined && topology.members.some(({ id }) => id === target);
  const isAlone = topology.kind !== 'global' && new TopologyView(topology).active.length === 1;
  if (isMember || (target === undefined && !isAlone)) return now;
  const place = placeById(now, now.primary);
  return isAlone ? inside(rds, now, place) : ((await insideFor(rds, now, { place, target })) ?? now);
}

/** Undefined: the primary has no server of that name, or its Region does not say so. A name that nobody has is told of then. */
async function insideFor(
  rds: AuroraGateway,
  topology: Topology,
  { place, target }: { readonly place: MemberPlace; readonly target: string | undefined },
): Promise<Topology | undefined> {
  try {
    const found = await inside(rds, topology, place);
    return found.members.some(({ id }) => id === target) ? found : undefined;
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    return undefined;
  }
}

/** A cluster that was detached is none of the global database any more: of that one, the journal knows more. */
async function withWriter(rds: AuroraGateway, topology: Topology): Promise<Topology> {
  const places = topology.members.flatMap((member) => placeOf(topology, member) ?? []);
  const own = places.find(({ member }) => member.id === topology.primary);
  const { global, problem } = await globalAt(rds, topology, regionsOf(places, own));
  // Nobody answers: what is known has to do, and the look that follows says who is silent.
  if (problem !== undefined || global === undefined) return topology;
  if (own !== undefined && memberOf(global, own) === undefined) return topology;
  const writer = places.find((place) => memberOf(global, place)?.IsWriter === true);
  return writer === undefined ? topology : { ...topology, primary: writer.member.id };
}

/** Those first that are not the primary's: it is the one that may be lost. */
function regionsOf(places: readonly MemberPlace[], own: MemberPlace | undefined): readonly string[] {
  const others = places.filter(({ region }) => region !== own?.region);
  return [...new Set([...others, ...places].map(({ region }) => region))];
}

async function inside(rds: AuroraGateway, topology: Topology, place: MemberPlace): Promise<Topology> {
  const cluster = await rds.cluster(place);
  if (cluster === undefined) throw unreadable(place, 'is not there', 'declare the identifier that it has');
  const members = serversOf(cluster, place);
  const writer = members.find(({ replicaOf }) => replicaOf === undefined);
  if (writer === undefined) {
    throw unreadable(place, 'has no writer now', 'look again in a moment; if it has no server at all, add one');
  }
  return {
    ...topology,
    primary: writer.id,
    members,
    within: { member: place.member.id, identifier: place.identifier, region: place.region },
  };
}

function serversOf({ DBClusterMembers: servers = [] }: DBCluster, { member, region }: MemberPlace): readonly Member[] {
  const idOf = (identifier = ''): string =>
    member.instances?.find((each) => each.identifier?.toLowerCase() === identifier)?.id ?? identifier;
  const writer = servers.find(({ IsClusterWriter }) => IsClusterWriter === true);
  return servers.map(({ DBInstanceIdentifier: identifier = '', PromotionTier }) => {
    const declared = member.instances?.find((each) => each.id === idOf(identifier));
    const isWriter = identifier === writer?.DBInstanceIdentifier;
    return {
      id: idOf(identifier),
      region,
      // All follow the writer, whoever that is.
      ...(isWriter ? {} : { replicaOf: idOf(writer?.DBInstanceIdentifier) }),
      storage: {},
      // As a rule that says whom to take first: the lowest tier.
      promotion: declared?.tier ?? PromotionTier ?? 15,
      tags: {},
      aws: { identifier },
    };
  });
}

function unreadable(place: MemberPlace, problem: string, fix: string): UnderstudyError {
  return new UnderstudyError(
    'cluster-unreadable',
    `the cluster ${named(place)} ${problem}; allowed: a cluster with a writer; fix: ${fix}`,
    { family: 'retryable' },
  );
}
