import type { EndpointSetting } from '../../../../../../lib/runbook/contract';
import type { Attempt, AttemptOutcome, Destination, Procedure } from '../../../../../../lib/runbook/execution/ports';
import { AwsEndpoints } from '../../../../../../lib/runbook/adapters/aws/endpoints/aws-endpoints';
import type { AwsEndpoint } from '../../../../../../lib/runbook/adapters/aws/endpoints/aws-endpoint';
import { endpointClients } from '../../../../../../lib/runbook/adapters/aws/endpoints/endpoint-clients';
import { EmbeddedCloud, serve, VirtualClock, type EmbeddedCloudOptions } from '../../../../../../lib/rehearsal';
import { isUnderstudyError, type UnderstudyError } from '../../../../../../lib/topology';
import { sample } from '../../../../../_helpers/sample-topology';
import { normalise } from '../../../../../../lib/topology/normalise';

export const REGION = 'eu-west-1';
export const OLD = 'orders-ada.understudy.us-east-1.rds.amazonaws.com';
export const NEW = 'orders-bab.understudy.eu-west-1.rds.amazonaws.com';

export const TO_NEW: Destination = {
  topology: normalise(sample('postgres')),
  member: 'bab',
  address: { host: NEW, port: 5432 },
};

/** A cloud with what endpoints are kept in, and the real clients to it. */
export interface EndpointStage {
  readonly cloud: EmbeddedCloud;
  readonly clock: { now(): number; wait(seconds: number): Promise<void> };
  readonly endpoint: (setting: EndpointSetting) => AwsEndpoint;
  readonly all: (...settings: EndpointSetting[]) => AwsEndpoints;
  readonly end: () => Promise<void>;
}

export async function endpointStage(options: EmbeddedCloudOptions): Promise<EndpointStage> {
  const time = new VirtualClock();
  const cloud = new EmbeddedCloud({ clock: time, ...options });
  const server = await serve(cloud);
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'any' };
  const clients = endpointClients({ region: REGION, config: { endpoint: server.url, credentials } });
  const clock = { now: () => time.now() / 1000, wait: (seconds: number) => time.wait(seconds) };
  const all = (...settings: EndpointSetting[]): AwsEndpoints =>
    new AwsEndpoints({ settings, clients, region: REGION, clock, random: () => 0.5 });
  return {
    cloud,
    clock,
    all,
    endpoint: (setting) => {
      const [only] = all(setting).all;
      if (only === undefined) throw new Error('there is one');
      return only;
    },
    end: async () => {
      Object.values(clients).forEach((client: { destroy(): void }) => client.destroy());
      await server.close();
    },
  };
}

/** What a run journals of a procedure, line by line; with `attempts` it is one that was left before. */
export interface Story {
  readonly lines: readonly string[];
  readonly attempts: readonly Attempt[];
}

const OUTCOMES: Readonly<Record<UnderstudyError['family'], AttemptOutcome>> = {
  ...({ retryable: 'not-taken', refused: 'refused', unknown: 'unclear' } as const),
};

/** Drives a procedure as a run does, until it ends or so many steps are taken. */
export async function driven(
  { clock }: Pick<EndpointStage, 'clock'>,
  procedure: Procedure,
  { attempts: before = [], most = 60 }: { readonly attempts?: readonly Attempt[]; readonly most?: number } = {},
): Promise<Story> {
  const attempts = [...before];
  const lines: string[] = [];
  for (let count = 0; count < most; count += 1) {
    const step = await procedure.next(attempts);
    if (step.kind === 'done' || step.kind === 'stuck') {
      lines.push(`${step.kind}: ${step.kind === 'done' ? step.proof : step.problem}`);
      break;
    }
    lines.push(`${step.kind}: ${step.title}`);
    if (step.kind === 'wait') {
      await clock.wait(step.seconds);
      continue;
    }
    const attempt = { step: step.id, at: clock.now() };
    const problem = await problemOf(step.call());
    const outcome = problem === undefined ? 'done' : OUTCOMES[problem.family];
    attempts.push({ ...attempt, outcome, ...(problem === undefined ? {} : { problem: problem.message }) });
    if (problem) lines.push(`${outcome}: ${problem.message}`);
    if (outcome === 'refused') break;
  }
  return { lines, attempts };
}

/** The error of a call, if it is one of ours. */
export async function problemOf(call: Promise<unknown>): Promise<UnderstudyError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (isUnderstudyError(error)) return error;
    throw error;
  }
}
