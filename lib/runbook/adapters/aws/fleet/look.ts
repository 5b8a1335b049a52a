import type { DBInstance } from '@aws-sdk/client-rds';
import type { MemberId, Topology } from '../../../../topology';
import type { Instant, Obstacle } from '../../../decision';
import type { Clock, ControlPlaneSighting, FleetSighting } from '../../../execution/ports';
import { isAwsCallError, type AwsCallError } from '../aws-call-error';
import { isUsable, replicationOf } from './instance-state';
import type { LagSamples, Samples } from './lag-samples';
import { obstaclesOf } from './obstacles';
import { named, placeOf, type MemberPlace } from './place';
import type { RdsGateway } from './rds-gateway';

export interface Lookout {
  readonly rds: RdsGateway;
  readonly samples: LagSamples;
  readonly clock: Clock;
}

/** What RDS answered when it was asked for a member. */
interface Answer {
  readonly place: MemberPlace;
  readonly instance?: DBInstance;
  readonly error?: AwsCallError;
}

/** One look at all members, all Regions at once. */
export async function look({ rds, samples, clock }: Lookout, topology: Topology): Promise<FleetSighting> {
  // Who is retired takes no part: it may be gone, or in a Region that is.
  const members = topology.members.filter(({ retired }) => retired === undefined);
  const places = members.flatMap((member) => placeOf(topology, member) ?? []);
  const regions = [...new Set(places.map(({ region }) => region))];
  const seen = await Promise.all(
    regions.map(async (region) => {
      const answers = await ask(
        rds,
        places.filter((place) => place.region === region),
      );
      const replicas = answers.filter(({ place: { member }, instance }) => instance && member.id !== topology.primary);
      const identifiers = replicas.map(({ place }) => place.identifier);
      return { answers, lags: await samples.read(region, identifiers, clock.now()) };
    }),
  );
  const at = clock.now();
  const answers = seen.flatMap((each) => each.answers);
  const lags = seen.map((each) => each.lags);
  const instances = new Map(
    answers.flatMap(({ place, instance }) => (instance ? [[place.member.id, instance] as const] : [])),
  );
  return {
    members: members.map((member) => {
      const answer = answers.find(({ place }) => place.member.id === member.id);
      return sighting(member.id, answer, lags, at);
    }),
    obstacles: [
      ...answers.flatMap(unseen),
      ...lags.flatMap(({ obstacles }) => obstacles),
      ...obstaclesOf({ topology, instances, at }),
    ],
  };
}

/** One first: a Region that is silent is not asked again for every member in it. */
async function ask(rds: RdsGateway, [first, ...others]: readonly MemberPlace[]): Promise<readonly Answer[]> {
  if (first === undefined) return [];
  const answer = await asked(rds, first);
  const { error } = answer;
  if (error !== undefined && !error.isAnswered) return [answer, ...others.map((place) => ({ place, error }))];
  return [answer, ...(await Promise.all(others.map((place) => asked(rds, place))))];
}

async function asked(rds: RdsGateway, place: MemberPlace): Promise<Answer> {
  try {
    const instance = await rds.describe(place);
    return { place, ...(instance === undefined ? {} : { instance }) };
  } catch (error) {
    if (isAwsCallError(error)) return { place, error };
    throw error;
  }
}

function sighting(
  id: MemberId,
  answer: Answer | undefined,
  samples: readonly Samples[],
  at: Instant,
): ControlPlaneSighting {
  const { place, instance, error } = answer ?? {};
  const nothing = { id, isReady: false, replication: 'unknown', samples: [] } as const;
  if (place === undefined) return { ...nothing, controlPlane: 'unknown' };
  if (error !== undefined) return { ...nothing, controlPlane: isSilence(error) ? 'unreachable' : 'unknown' };
  // Gone: what does not exist takes no writes.
  if (instance === undefined) return { ...nothing, controlPlane: 'reachable', status: 'not there', stoppedAt: at };
  const { DBInstanceStatus: status, Endpoint } = instance;
  const isAddressed = Endpoint?.Address !== undefined && Endpoint.Port !== undefined;
  return {
    id,
    controlPlane: 'reachable',
    ...(status === undefined ? {} : { status }),
    isReady: isUsable(instance),
    replication: replicationOf(instance),
    samples: samples.flatMap(({ of }) => of.get(`${place.region}/${place.identifier}`) ?? []),
    ...(isAddressed ? { address: { host: Endpoint.Address ?? '', port: Endpoint.Port ?? 0 } } : {}),
    // RDS does not say since when: that it is so now is known.
    ...(status === 'stopped' ? { stoppedAt: at } : {}),
  };
}

/** Without credentials nothing was sent: that says nothing about the Region. */
const isSilence = ({ isAnswered, code }: AwsCallError): boolean => !isAnswered && code !== 'aws-denied';

/** What a person has to know about a look that failed for another reason than silence. */
function unseen({ place, error, instance }: Answer): readonly Obstacle[] {
  if (error !== undefined) {
    if (isSilence(error)) return [];
    return [
      {
        id: error.code === 'aws-denied' ? 'instance-denied' : 'instance-unseen',
        severity: 'warn',
        acceptance: 'none',
        problem: error.message,
        fix:
          error.code === 'aws-denied'
            ? 'allow rds:DescribeDBInstances, or nobody knows how it is'
            : 'look again; until it answers, nobody knows how it is',
      },
    ];
  }
  if (instance !== undefined) return [];
  return [
    {
      id: 'instance-missing',
      severity: 'warn',
      acceptance: 'none',
      problem: `RDS has no ${named(place)}`,
      fix: `declare the identifier that ${place.member.id} has, or retire it`,
    },
  ];
}
