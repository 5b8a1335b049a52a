import {
  EmbeddedGoogle,
  serveGoogle,
  VirtualClock,
  type EmbeddedGoogleOptions,
  type SqlSeed,
} from '../../../../../lib/rehearsal';
import { CloudSqlFleet, RestClient } from '../../../../../lib/runbook/adapters/gcp';
import type { Attempt, AttemptOutcome, Clock, Procedure, Step } from '../../../../../lib/runbook/execution/ports';
import { define, isUnderstudyError, type Topology, type TopologyInput } from '../../../../../lib/topology';
import { cloudSql, withDr } from '../../../../_helpers/sample-cloud-sql';

export const PROJECT = 'acme-prod';

/** The sample's instances, as Cloud SQL has them. */
export const PAIR: readonly SqlSeed[] = [
  { name: 'orders-ada', region: 'europe-west1', drReplica: 'orders-bab', availabilityType: 'REGIONAL' },
  { name: 'orders-bab', region: 'europe-north1', follows: 'orders-ada', availabilityType: 'REGIONAL' },
];

/** The same of the edition Enterprise, which knows no DR replica. */
export const PLAIN: readonly SqlSeed[] = PAIR.map(({ drReplica: _, ...seed }) => ({ ...seed, edition: 'ENTERPRISE' }));

export interface GoogleStage {
  readonly google: EmbeddedGoogle;
  readonly time: VirtualClock;
  readonly clock: Clock;
  readonly rest: RestClient;
  readonly fleet: CloudSqlFleet;
  readonly topology: Topology;
  readonly end: () => Promise<void>;
}

/** Google over HTTP with the sample's instances, and the fleet on it. */
export async function googleStage(
  options: Omit<EmbeddedGoogleOptions, 'clock'> & { readonly topology?: TopologyInput } = {},
): Promise<GoogleStage> {
  const { topology = withDr(cloudSql()), ...given } = options;
  const time = new VirtualClock();
  const google = new EmbeddedGoogle({ clock: time, instances: PAIR, ...given });
  const server = await serveGoogle(google);
  const clock: Clock = { now: () => time.now() / 1000, wait: (seconds) => time.wait(seconds) };
  const rest = restTo(server.url);
  return {
    ...{ google, time, clock, rest, topology: define(topology) },
    fleet: new CloudSqlFleet({ rest, project: PROJECT, clock }),
    end: () => server.close(),
  };
}

export function restTo(endpoint: string, bounds = { connect: 0.5, whole: 2 }): RestClient {
  return new RestClient({ endpoint, token: () => Promise.resolve('token-of-ann'), bounds, random: () => 0.01 });
}

/** How a procedure went on: what was called, and how it ended. */
export interface Carried {
  readonly calls: readonly string[];
  readonly end: Step;
}

/**
 * Carries a procedure to its end as the execution does: looks, calls, waits in the stage's time.
 *
 * @param given attempts of a runner before
 */
export async function carried(
  stage: GoogleStage,
  procedure: Procedure,
  given: readonly Attempt[] = [],
): Promise<Carried> {
  const attempts = [...given];
  const calls: string[] = [];
  for (let looks = 0; looks < 400; looks += 1) {
    const step = await procedure.next(attempts);
    if (step.kind === 'done' || step.kind === 'stuck') return { calls, end: step };
    if (step.kind === 'wait') {
      stage.time.advance(step.seconds);
      continue;
    }
    const at = stage.clock.now();
    const [outcome, problem] = await outcomeOf(step);
    calls.push(outcome === 'done' ? step.id : `${step.id} ${outcome}`);
    attempts.push({ step: step.id, at, outcome, ...(problem === undefined ? {} : { problem }) });
    stage.time.advance(1);
  }
  throw new Error(`no end after ${calls.join(', ')}`);
}

async function outcomeOf(step: Extract<Step, { kind: 'do' }>): Promise<readonly [AttemptOutcome, string?]> {
  try {
    await step.call();
    return ['done'];
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    return [({ retryable: 'not-taken', refused: 'refused', unknown: 'unclear' } as const)[error.family], error.message];
  }
}
