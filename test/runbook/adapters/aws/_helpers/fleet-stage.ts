import type { DBInstance } from '@aws-sdk/client-rds';
import type { EmbeddedCloud, EmbeddedCloudOptions, Instance, InstanceSeed } from '../../../../../lib/rehearsal';
import { AwsFleet, fleetClients } from '../../../../../lib/runbook/adapters/aws';
import type {
  Attempt,
  AttemptOutcome,
  CallStep,
  Fleet,
  Procedure,
  Promotion,
  Step,
} from '../../../../../lib/runbook/execution/ports';
import { isUnderstudyError, type Topology, type TopologyInput } from '../../../../../lib/topology';
import { normalise } from '../../../../../lib/topology/normalise';
import { ABROAD, HOME, setUp, type Stage } from '../../../../rehearsal/_helpers/stage';

// Hundreds of looks over HTTP take their time where other tests run beside.
jest.setTimeout(60_000);

const quarantine = (region: string): { key: string; value: string } => ({
  key: 'understudy:quarantine',
  value: `sg-quarantine-${region}`,
});

/** ada takes writes; bab follows her in the same Region, cyd in another. */
export const SEEDS: readonly InstanceSeed[] = [
  { region: HOME, id: 'orders-ada', multiAz: true, deletionProtection: true, tags: [quarantine(HOME)] },
  { region: HOME, id: 'orders-bab', replicaOf: 'orders-ada', tags: [quarantine(HOME)] },
  { region: ABROAD, id: 'orders-cyd', replicaOf: 'orders-ada', tags: [quarantine(ABROAD)] },
];

export const INPUT: TopologyInput = {
  name: 'orders',
  engine: { name: 'postgres', version: '16.4' },
  primary: 'ada',
  objectives: { lag: '10m' },
  members: {
    ada: { region: HOME, size: 'db.m7g.large', storage: { gib: 100 }, standby: 'multi-az', retention: '14d' },
    bab: { region: HOME, replicaOf: 'ada', promotion: 1 },
    cyd: { region: ABROAD, replicaOf: 'ada', promotion: 2 },
  },
};

export const TOPOLOGY: Topology = normalise(INPUT);

/** How a promotion is asked for; replicas of instances are promoted the same in every kind of run. */
export const HOW: Promotion = { kind: 'switchover', accepted: [], isFenced: true };

/** How a runner dies: in which call, and whether the call was made. */
export interface Crash {
  readonly call: number;
  readonly isMade: boolean;
}

export interface Drive {
  readonly end: Step | { readonly kind: 'failed'; readonly problem: string } | { readonly kind: 'timed out' };
  /** The calls that were made or begun, in order. */
  readonly attempts: readonly Attempt[];
  /** As `step outcome`. */
  readonly calls: readonly string[];
  readonly seconds: number;
}

export interface FleetStage extends Stage {
  /** A new adapter: every look of {@link drive} has its own, so nothing can be kept between two. */
  readonly fleet: () => Fleet;
  readonly drive: (of: (fleet: Fleet) => Procedure, options?: DriveOptions) => Promise<Drive>;
  readonly find: (id: string, region?: string) => Instance;
}

export interface DriveOptions {
  readonly attempts?: readonly Attempt[];
  readonly crash?: Crash;
  /** Seconds until it gives up. */
  readonly limit?: number;
  /**
   * Every look at the time that the procedure asks for. Else only the first few after a call, while the cloud may still say
   * what was; a wait that goes on is looked at more rarely.
   *
   * @default whether there is a limit
   */
  readonly isPunctual?: boolean;
}

export async function setUpFleet(options: EmbeddedCloudOptions = {}, whole = 3): Promise<FleetStage> {
  const stage = await setUp({ instances: SEEDS, ...options });
  const { cloud, clock, server } = stage;
  const port = {
    now: () => clock.now() / 1000,
    wait: (seconds: number) => clock.wait(seconds),
  };
  const bounds = { connect: whole / 2, whole };
  const config = { endpoint: server.url, credentials: { accessKeyId: 'operator', secretAccessKey: 'any' } };
  const clients = fleetClients({ config, bounds });
  const fleet = (): Fleet => new AwsFleet({ clients, clock: port, bounds });
  return {
    ...stage,
    fleet,
    drive: (of, more = {}) => drive(cloud, () => of(fleet()), more),
    find: (id, region = HOME) => cloud.fleet.instance(region, id),
  };
}

const OUTCOMES = { retryable: 'not-taken', refused: 'refused', unknown: 'unclear' } as const;

/** What the execution does with a procedure, without journal and lease. */
async function drive(
  { clock }: EmbeddedCloud,
  procedure: () => Procedure,
  { attempts: before = [], crash, limit = 3600, isPunctual = limit < 3600 }: DriveOptions,
): Promise<Drive> {
  const attempts = [...before];
  const began = clock.now();
  const ended = (end: Drive['end']): Drive => ({
    end,
    attempts,
    calls: attempts.slice(before.length).map(({ step, outcome }) => `${step} ${outcome}`),
    seconds: (clock.now() - began) / 1000,
  });
  let failures = 0;
  let looks = 0;
  let following: CallStep | undefined;
  while (clock.now() - began <= limit * 1000) {
    let step: Step;
    try {
      step = following ?? (await procedure().next(attempts));
      failures = 0;
    } catch (error) {
      if (!isUnderstudyError(error)) throw error;
      failures += 1;
      if (error.family === 'refused' || failures >= 3) return ended({ kind: 'failed', problem: error.message });
      await clock.wait(2);
      continue;
    }
    if (step.kind === 'done' || step.kind === 'stuck') return ended(step);
    if (step.kind === 'wait') {
      looks += 1;
      await clock.wait(isPunctual || looks <= 4 ? step.seconds : 4 * step.seconds);
      continue;
    }
    looks = 0;
    const isCrash = crash?.call === attempts.length;
    const at = clock.now() / 1000;
    const outcome: AttemptOutcome = isCrash && !crash.isMade ? 'asked' : await outcomeOf(step);
    attempts.push({ step: step.id, at, outcome: isCrash ? 'asked' : outcome });
    const refusals = attempts.filter((each) => each.step === step.id && each.outcome === 'refused').length;
    if (refusals >= 2) return ended({ kind: 'failed', problem: `${step.id} was refused twice` });
    following = outcome === 'done' && !isCrash ? step.then : undefined;
    if (outcome !== 'done') await clock.wait(1);
  }
  return ended({ kind: 'timed out' });
}

async function outcomeOf(step: CallStep): Promise<AttemptOutcome> {
  try {
    await step.call();
    return 'done';
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    return OUTCOMES[error.family];
  }
}

export const tagsOf = ({ tags }: Pick<Instance, 'tags'>): Record<string, string> =>
  Object.fromEntries(tags.map(({ key, value }) => [key, value]));

/** Mutations on the wire, as `Action instance effect`. */
export const mutationsOf = ({ mutations }: EmbeddedCloud): readonly string[] =>
  mutations.map(({ action, effect, outcome }) => `${action} ${effect ? 'made' : 'not made'} ${outcome}`);

export type { DBInstance };
