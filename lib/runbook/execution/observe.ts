import { isUnderstudyError, TopologyView, type MemberId, type Topology } from '../../topology';
import type { Instant, MemberObservation, Observation, Obstacle } from '../decision';
import type { Address, ControlPlaneSighting, DataPlaneSighting, MemberHistory, Ports, Standing } from './ports';

/**
 * One look at everything: the cloud's API, the databases, what was remembered, and what stands in the way.
 *
 * @param addresses where members are found: what is learnt is added
 */
export async function observe(
  ports: Ports,
  topology: Topology,
  standing: Standing | Promise<Standing>,
  addresses = new Map<MemberId, Address>(),
): Promise<Observation> {
  const obstacles: Obstacle[] = [];
  const [{ promotedAt }, fleet, histories] = await Promise.all([
    standing,
    ports.fleet.look(topology),
    orObstacle(ports.history.read(), [], obstacles, {
      id: 'history-unreadable',
      severity: 'warn',
      fix: 'without it nobody knows when the primary was last alive; see that the table can be read',
    }),
    orObstacle(ports.endpoints.obstacles(), [], obstacles, {
      id: 'endpoints-unreadable',
      severity: 'block',
      fix: 'see that the endpoints can be read, or name endpoints-unreadable in override',
    }).then((found) => obstacles.push(...found)),
  ]);
  const members = await Promise.all(
    new TopologyView(topology).active.map(async ({ id }) => {
      const sighting = fleet.members.find((each) => each.id === id);
      const history = histories.find((each) => each.id === id);
      const address = sighting?.address ?? history?.address;
      if (address !== undefined) addresses.set(id, address);
      const asking = sighting?.isAskable === false ? undefined : address;
      return merged(id, sighting, history, await asked(ports, topology, id, asking));
    }),
  );
  // After the members were asked: it also tells what they said.
  const ofProbe = await orObstacle(ports.probe.obstacles?.(topology) ?? Promise.resolve([]), [], obstacles, {
    id: 'probe-unclear',
    severity: 'warn',
    fix: 'see why nobody can tell what stands in the way of asking the databases',
  });
  return {
    at: ports.clock.now(),
    topology,
    members,
    obstacles: [...fleet.obstacles, ...ofProbe, ...obstacles],
    ...(promotedAt === undefined ? {} : { lastPromotion: promotedAt }),
  };
}

async function asked(
  { probe }: Ports,
  topology: Topology,
  member: MemberId,
  address: Address | undefined,
): Promise<DataPlaneSighting> {
  if (!probe.isConnected || address === undefined)
    return { id: member, dataPlane: 'unknown', acceptsWrites: 'unknown' };
  return probe.ask({ topology, member, address });
}

function merged(
  id: MemberId,
  sighting: ControlPlaneSighting | undefined,
  history: MemberHistory | undefined,
  data: DataPlaneSighting,
): MemberObservation {
  const { address: _, isAskable: ___, ...control } = { isAskable: true, ...(sighting ?? UNSEEN) };
  const { log: __, isFollowing, ...said } = data;
  return {
    ...control,
    ...said,
    // The cloud may speak of minutes ago: who says that it follows now was only late, or has come back.
    ...(control.replication === 'stopped' && isFollowing === true ? { replication: 'running' as const } : {}),
    id,
    ...(history?.lastSeenAlive === undefined ? {} : { lastSeenAlive: history.lastSeenAlive }),
  };
}

const UNSEEN: Omit<ControlPlaneSighting, 'id'> = {
  controlPlane: 'unknown',
  isReady: false,
  replication: 'unknown',
  samples: [],
};

type Telling = Pick<Obstacle, 'id' | 'severity' | 'fix'>;

/** What cannot be read is no reason to end: whoever approves is told. */
async function orObstacle<T>(reading: Promise<T>, otherwise: T, into: Obstacle[], telling: Telling): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    into.push({ ...telling, problem: error.message, acceptance: telling.severity === 'block' ? 'override' : 'none' });
    return otherwise;
  }
}

/** The same, with the primary certainly stopped since then. */
export function withStop(observation: Observation, stoppedAt: Instant | undefined): Observation {
  if (stoppedAt === undefined) return observation;
  const { primary } = observation.topology;
  return {
    ...observation,
    members: observation.members.map((member) => (member.id === primary ? { ...member, stoppedAt } : member)),
  };
}
