import { isUnderstudyError, type Seconds } from '../../topology';
import type { Phase } from '../contract';
import { growingWait } from './growing-wait';
import type { AttemptOutcome, CallStep, Procedure, Step } from './ports';
import type { Run } from './run';

/** How a procedure ended. */
export type DriveEnd =
  | Extract<Step, { kind: 'done' }>
  | Extract<Step, { kind: 'stuck' }>
  | { readonly kind: 'timed out'; readonly problem: string };

export interface DriveOptions {
  readonly phase: Phase;
  /** The same in every run: the journal names it so. */
  readonly name: string;
  readonly procedure: Procedure;
  /** @default that of the phase */
  readonly limit?: Seconds;
  /** Whether an operator can stop it. */
  readonly isAbortable: boolean;
  /**
   * How often a look may fail in a row. One that is denied never fails more often than the limits say, whatever stands here.
   *
   * @default as often as there is time: after the promotion giving up helps nobody
   */
  readonly failedLooks?: number;
}

/** Calls that were certainly refused are made again so often: what stood in the way may have passed. */
export const REFUSALS = 2;

/**
 * Carries a procedure to its end: looks, journals, calls, waits, gives up.
 *
 * Before every call the journal says that it is made, in one breath with the check of the lease. What an unclear call did is
 * found out by the procedure's next look.
 */
export async function drive(run: Run, options: DriveOptions): Promise<DriveEnd> {
  const { phase, name, procedure, limit = run.limits.phase[phase], failedLooks = Infinity } = options;
  const deadline = run.ports.clock.now() + limit;
  let failures = 0;
  let waits = 0;
  let waitingFor = 'a first look';
  for (;;) {
    // A look changes nothing: it need not wait for the lease. Whatever is called after it does, in its row.
    const [, step] = await Promise.all([run.arrive(options.isAbortable), looked(run, name, procedure)]);
    if (step.kind === 'failed') {
      failures += 1;
      // A look that is denied is most likely denied again. Yet once is no proof, and an end here costs more than a second look.
      const most = step.isRefused ? Math.min(failedLooks, run.limits.failedLooks) : failedLooks;
      if (failures >= most) return { kind: 'stuck', problem: step.problem };
    } else {
      failures = 0;
      if (step.kind === 'done' || step.kind === 'stuck') return step;
    }
    if (run.ports.clock.now() >= deadline) {
      return { kind: 'timed out', problem: `after ${limit} s still waiting for ${waitingFor}` };
    }
    if (step.kind === 'do') {
      waits = 0;
      const { answer, last } = await performAll(run, options, step);
      if (answer.outcome === 'done') continue;
      if (answer.outcome === 'refused' && refusals(run, name, last.id) >= REFUSALS) {
        return { kind: 'stuck', problem: answer.problem };
      }
      waitingFor = answer.problem;
      await run.wait(backoff(run, name), `${last.title}, again`);
    } else {
      waitingFor = step.kind === 'wait' ? step.title : step.problem;
      // A look that failed is not hurried: a few in a row end the phase.
      await run.wait(step.kind === 'wait' ? growingWait(waits, step.seconds) : run.limits.poll, waitingFor);
      waits += 1;
    }
  }
}

/** What became of a call. */
export type Answer =
  | { readonly outcome: 'done' }
  | { readonly outcome: Exclude<AttemptOutcome, 'asked' | 'done'>; readonly problem: string };

/** Makes a call, and those that follow from its being taken, up to the first that is not. */
async function performAll(
  run: Run,
  { phase, name, isAbortable }: DriveOptions,
  first: CallStep,
): Promise<{ readonly answer: Answer; readonly last: CallStep }> {
  for (let step = first; ;) {
    const answer = await perform(run, phase, name, step);
    if (answer.outcome !== 'done' || step.then === undefined) return { answer, last: step };
    step = step.then;
    await run.pass(isAbortable);
  }
}

/** Makes one call that changes something, with a row before and a row after. */
export async function perform(run: Run, phase: Phase, procedure: string, step: CallStep): Promise<Answer> {
  await run.append({ type: 'attempt', phase, procedure, step: step.id, title: step.title });
  const answer = await answerOf(step);
  await run.append({ type: 'answer', phase, procedure, step: step.id, ...answer });
  return answer;
}

async function answerOf(step: CallStep): Promise<Answer> {
  try {
    await step.call();
    return { outcome: 'done' };
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    const outcomes = { retryable: 'not-taken', refused: 'refused', unknown: 'unclear' } as const;
    return { outcome: outcomes[error.family], problem: error.message };
  }
}

type Look = Step | { readonly kind: 'failed'; readonly problem: string; readonly isRefused: boolean };

async function looked(run: Run, name: string, procedure: Procedure): Promise<Look> {
  try {
    return await procedure.next(run.attemptsIn(name));
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    return { kind: 'failed', problem: error.message, isRefused: error.family === 'refused' };
  }
}

function refusals(run: Run, name: string, step: string): number {
  return run.attemptsIn(name).filter((each) => each.step === step && each.outcome === 'refused').length;
}

/** 1 s, doubled with every failure in a row up to 16 s, and of that a random part: many who were throttled come back one by one. */
export function backoff(run: Run, name: string): Seconds {
  const attempts = run.attemptsIn(name);
  const failed = attempts.length - 1 - attempts.findLastIndex(({ outcome }) => outcome === 'done');
  return Math.min(16, 2 ** Math.max(0, failed - 1)) * (0.5 + run.host.random() / 2);
}
