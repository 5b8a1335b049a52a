import { parseResult, type RunbookEvent, type RunbookResult } from '../../runbook/contract';
import { isUnderstudyError } from '../../topology';
import type { Invocation } from '../command';
import { EXIT, type ExitCode } from '../exit-code';
import type { Io } from '../io';
import type { HostRequest } from '../operator';
import { OUTCOME_EXIT_CODE } from '../outcome-exit-code';
import { paintFor } from '../paint';
import { USAGE, UsageError } from '../usage-error';
import { checkFunction } from './check-function';
import { inOptions } from './in-options';
import { planScreen } from './plan-screen';
import { resultScreen } from './result-screen';
import type { Session } from './session';
import { subjectOf, type Subject } from './subject';

/** What a command wants of the runbook. */
export interface Errand {
  /** From the options alone, so that what is wrong with them is told before anything is asked. */
  readonly event: RunbookEvent;
  /** Asks, as often as it takes. */
  readonly answer: (session: Session) => Promise<RunbookResult>;
}

/** Opens the way to the runbook, runs the errand, shows the result and gives its exit code. */
export async function carryOut(invocation: Invocation, io: Io, { event, answer }: Errand): Promise<ExitCode> {
  const { options } = invocation;
  const wishes = hostWishesIn(options);
  const subject = await subjectOf(invocation, io);
  if (subject === undefined) return EXIT.findings;
  const stop = new AbortController();
  const forget = io.onInterrupt(() => stop.abort());
  try {
    const request = { ...subject, ...wishes };
    checkFunction(request);
    const host = await io.openRunbookHost(request);
    try {
      const isJson = options['json'] === true;
      const session: Session = { io, host, place: request, isJson, signal: stop.signal };
      const result = parseResult(await answer(session));
      show(result, event, session);
      return stop.signal.aborted && event.mode === 'plan' ? EXIT.interrupted : OUTCOME_EXIT_CODE[result.outcome];
    } finally {
      host.close();
    }
  } catch (error) {
    return failed(error, stop.signal, io);
  } finally {
    forget();
  }
}

function hostWishesIn(options: Invocation['options']): Omit<HostRequest, keyof Subject> {
  const isLocal = options['local'] === true;
  const isConnected = options['connected'] === true;
  if (isLocal && options['function'] !== undefined) {
    throw new UsageError('--local and --function are two places', 'allowed: one of them', 'leave one out');
  }
  if (isConnected && !isLocal) {
    throw new UsageError(
      '--connected speaks of this machine, and the function is asked',
      'allowed: --connected with --local',
      'leave it out, or add --local',
    );
  }
  const functionName = typeof options['function'] === 'string' ? options['function'] : undefined;
  return { isLocal, isConnected, functionName };
}

function show(result: RunbookResult, event: RunbookEvent, { io, isJson, place }: Session): void {
  const { stdout } = io;
  if (isJson) {
    stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const paint = paintFor(stdout, io.env);
  const promotes = event.mode === 'switchover' || event.mode === 'failover';
  const isPlan = event.mode === 'plan' || (promotes && result.outcome === 'REFUSED');
  const plan = isPlan ? planScreen(result, { place, isOutdated: isOutdated(result, event), paint }) : undefined;
  stdout.write(plan ?? resultScreen(result, place, paint));
}

/** The plan of now is not the one that was approved. */
function isOutdated({ outcome, phase }: RunbookResult, { approve }: RunbookEvent): boolean {
  return outcome === 'REFUSED' && phase === 'approve' && approve !== undefined;
}

/** What the cloud refused or did not answer is no fault of this package. */
function failed(error: unknown, signal: AbortSignal, { stderr }: Io): ExitCode {
  if (!isUnderstudyError(error) || error.code === USAGE) throw error;
  if (signal.aborted) return EXIT.interrupted;
  stderr.write(`understudy: ${inOptions(error.message)}\n`);
  if (error.family !== 'unknown') return EXIT.unavailable;
  stderr.write('understudy: it may have had its effect: look with understudy status before anything is repeated\n');
  return EXIT.needsOperator;
}
