import { isUnderstudyError, type Seconds } from '../../../../lib/topology';
import type { RunbookEvent, RunbookResult } from '../../../../lib/runbook/contract';
import { runRunbook, USUAL_LIMITS, type Host, type Limits } from '../../../../lib/runbook/execution';
import type { Ports } from '../../../../lib/runbook/execution/ports';
import type { World } from './world';

export interface RunnerOptions {
  readonly holder?: string;
  /** @default those of the world */
  readonly ports?: Ports;
  /** Seconds from now after which the host ends. */
  readonly life?: Seconds;
  readonly limits?: Limits;
  readonly host?: Partial<Host>;
}

let runs = 0;

/** One invocation. */
export function invoke(world: World, event: RunbookEvent, options: RunnerOptions = {}): Promise<RunbookResult> {
  const { holder = 'anna', ports = world.ports, life, limits = USUAL_LIMITS } = options;
  const host: Host = {
    holder,
    newRunId: () => `run-${(runs += 1)}`,
    random: () => 0.5,
    command: (asked) => JSON.stringify(asked),
    ...(life === undefined ? {} : { until: world.clock.now() + life }),
    ...options.host,
  };
  return runRunbook(event, { ports, host, topology: world.topology, limits });
}

/** How the invocations of one run went. */
export interface Carried {
  readonly result: RunbookResult;
  readonly invocations: number;
  /** What was thrown on the way. */
  readonly thrown: readonly string[];
}

const PATIENCE = 60;

/** Called again and again, as a state machine would, until the run is over. The options are made anew for each invocation. */
export async function carried(
  world: World,
  event: RunbookEvent,
  optionsOf: (invocation: number) => RunnerOptions = () => ({}),
): Promise<Carried> {
  const thrown: string[] = [];
  for (let invocation = 1; invocation <= PATIENCE; invocation += 1) {
    try {
      const result = await invoke(world, event, { holder: `runner ${invocation}`, ...optionsOf(invocation) });
      if (result.outcome !== 'IN_PROGRESS') return { result, invocations: invocation, thrown };
      await world.clock.wait(result.resumeAfter ?? 0);
    } catch (error) {
      if (!isUnderstudyError(error) && !isCrash(error)) throw error;
      thrown.push((error as Error).message);
      await world.clock.wait(USUAL_LIMITS.leaseTtl + 1);
    }
  }
  throw new Error(`after ${PATIENCE} invocations the run is not over; thrown: ${thrown.join('; ')}`);
}

const CRASH = 'the runner was killed';

/** What kills a runner: no error of this package. */
export function crash(): Error {
  return new Error(CRASH);
}

export function isCrash(error: unknown): boolean {
  return (error as Error | undefined)?.message === CRASH;
}

/** The hash of the plan for an event, as a person would get it. */
export async function approved(world: World, event: RunbookEvent): Promise<RunbookEvent> {
  const { target, expectedPrimary, acceptDataLoss, acceptSplitBrainRisk, override } = event;
  const asked = JSON.parse(
    JSON.stringify({ mode: 'plan', target, expectedPrimary, acceptDataLoss, acceptSplitBrainRisk, override }),
  ) as RunbookEvent;
  const { planHash, next } = await invoke(world, asked);
  if (planHash === undefined) throw new Error(`there is no plan: ${next.join(' ')}`);
  return { ...event, approve: planHash };
}
