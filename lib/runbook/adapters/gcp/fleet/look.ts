import type { MemberId, Topology } from '../../../../topology';
import type { Instant, LagSample, Obstacle } from '../../../decision';
import type { Clock, ControlPlaneSighting, FleetSighting } from '../../../execution/ports';
import { isGoogleCallError, type GoogleCallError } from '../google-call-error';
import type { RestClient } from '../rest/rest-client';
import { lagSamples } from './lag-samples';
import { obstaclesOf } from './obstacles';
import { placeOf, type Place } from './place';
import type { SqlAdmin } from './sql-admin';
import { addressOf, isReplica, isRunning, isStopped, replicationOf, statusOf, type SqlInstance } from './sql-instance';
import { underWay } from './stages';

export interface Lookout {
  readonly sql: SqlAdmin;
  readonly rest: RestClient;
  readonly clock: Clock;
}

/** What Cloud SQL answered when it was asked for a member. */
interface Answer {
  readonly place: Place;
  readonly instance?: SqlInstance;
  /** Of who was stopped: nothing is done with it any more, so that it has stopped. */
  readonly hasSettled?: boolean;
  readonly error?: GoogleCallError;
}

/** One look at all members. */
export async function look({ sql, rest, clock }: Lookout, topology: Topology): Promise<FleetSighting> {
  // Who is retired takes no part: it may be gone.
  const members = topology.members.filter(({ retired }) => retired === undefined);
  const answers = await Promise.all(members.map((member) => asked(sql, placeOf(topology, member))));
  const names = answers.flatMap(({ place, instance }) => (instance && isReplica(instance) ? [place.name] : []));
  const samples = await lagSamples(rest, sql.project, { names, now: clock.now() });
  const at = clock.now();
  const instances = new Map(
    answers.flatMap(({ place, instance }) => (instance ? [[place.member.id, instance] as const] : [])),
  );
  return {
    members: answers.map((answer) => sighting(answer, samples.of.get(answer.place.name) ?? [], at)),
    obstacles: [...answers.flatMap(unseen), ...samples.obstacles, ...obstaclesOf(topology, instances)],
  };
}

async function asked(sql: SqlAdmin, place: Place): Promise<Answer> {
  try {
    const instance = await sql.get(place.name);
    if (instance === undefined) return { place };
    if (!isStopped(instance)) return { place, instance };
    return { place, instance, hasSettled: underWay({ operations: await sql.operations(place.name) }) === undefined };
  } catch (error) {
    if (isGoogleCallError(error)) return { place, error };
    throw error;
  }
}

function sighting(
  { place, instance, hasSettled = false, error }: Answer,
  samples: readonly LagSample[],
  at: Instant,
): ControlPlaneSighting {
  const { id }: { readonly id: MemberId } = place.member;
  const nothing = { id, isReady: false, replication: 'unknown', samples: [] } as const;
  if (error !== undefined) return { ...nothing, controlPlane: isSilence(error) ? 'unreachable' : 'unknown' };
  // Gone: what does not exist takes no writes.
  if (instance === undefined) return { ...nothing, controlPlane: 'reachable', status: 'not there', stoppedAt: at };
  const status = statusOf(instance);
  const address = addressOf(instance);
  const isBroken = replicationOf(instance) === 'running' && samples.at(-1)?.lag === null;
  return {
    ...{ id, controlPlane: 'reachable', isReady: isRunning(instance), samples },
    replication: isBroken ? 'stopped' : replicationOf(instance),
    ...(status === undefined ? {} : { status }),
    ...(address === undefined ? {} : { address }),
    // Cloud SQL does not say since when: that it is so now is known.
    ...(hasSettled ? { stoppedAt: at } : {}),
  };
}

/** Without credentials nothing was sent: that says nothing about the API. */
const isSilence = ({ httpStatus, code }: GoogleCallError): boolean =>
  httpStatus === undefined && code !== 'google-denied';

/** What a person has to know about a look that failed for another reason than silence. */
function unseen({ place, error, instance }: Answer): readonly Obstacle[] {
  const warning = { severity: 'warn', acceptance: 'none' } as const;
  if (error !== undefined) {
    if (isSilence(error)) return [];
    const isDenied = error.code === 'google-denied';
    return [
      {
        ...{ ...warning, id: isDenied ? 'instance-denied' : 'instance-unseen', problem: error.message },
        fix: isDenied
          ? 'allow cloudsql.instances.get, or nobody knows how it is'
          : 'look again; until it answers, nobody knows how it is',
      },
    ];
  }
  if (instance !== undefined) return [];
  const problem = `Cloud SQL has no ${place.name}`;
  return [
    { ...warning, id: 'instance-missing', problem, fix: `declare the name that ${place.member.id} has, or retire it` },
  ];
}
