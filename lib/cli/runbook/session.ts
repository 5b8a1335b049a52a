import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import { commandLine, type CommandPlace } from '../../runbook/execution';
import type { Io } from '../io';
import type { RunbookHost } from '../operator';
import { follow } from './follow';
import { progressOf } from './progress';

/** One command's talk with a runbook. */
export interface Session {
  readonly io: Io;
  readonly host: RunbookHost;
  /** Where commands that are printed lead to. */
  readonly place: CommandPlace;
  /** Only the result is wanted, by a program. */
  readonly isJson: boolean;
  /** Somebody pressed Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Asks one thing and shows how it goes on. */
export async function asked(event: RunbookEvent, session: Session): Promise<RunbookResult> {
  const { io, host, signal } = session;
  const progress = progressOf(event, host.title, io);
  const tell = (): void => progress.note(interruptedText(event, session));
  signal.addEventListener('abort', tell, { once: true });
  try {
    return await follow(event, { host, io, progress, signal });
  } catch (error) {
    if (signal.aborted && host.isRemote && changes(event)) return leftBehind(event, session);
    throw error;
  } finally {
    signal.removeEventListener('abort', tell);
    progress.end();
  }
}

/** Whether it may have begun something that goes on. Without an approval a promotion ends where one is asked for. */
export function changes({ mode, approve, runId }: RunbookEvent): boolean {
  if (mode === 'plan' || mode === 'status') return false;
  return mode === 'abort' || mode === 'unfence' || approve !== undefined || runId !== undefined;
}

/** What becomes of a run that nobody here waits for any more. */
export function leftBehind({ mode, runId }: RunbookEvent, { host, place }: Session): RunbookResult {
  const status = commandLine({ mode: 'status', runId }, place);
  const abort = commandLine({ mode: 'abort', runId, reason: 'why it has to stop' }, place);
  return {
    runId: runId ?? 'none',
    outcome: 'IN_PROGRESS',
    phase: mode === 'unfence' ? 'undo' : 'start',
    ...{ findings: [], candidates: [], timings: [] },
    next: [
      host.isDoubtful === true
        ? `Whether it goes on in ${host.title} when nobody waits is not known: look at it, and go on with it when nobody works on it.`
        : `It goes on in ${host.title}, for as long as one invocation may last.`,
      `To look at it: ${status}`,
      ...(runId === undefined || mode === 'abort' ? [] : [`To stop it before the promotion: ${abort}`]),
    ],
  };
}

function interruptedText(event: RunbookEvent, { host }: Session): string {
  if (!changes(event)) return 'Interrupted: nothing is changed.';
  if (host.isRemote) {
    const what = host.isDoubtful === true ? 'whether it goes on in' : 'it goes on in';
    return `Interrupted: nobody waits here any more; ${what} ${host.title}${host.isDoubtful === true ? ' is not known' : ''}.`;
  }
  return 'Interrupted: it stops at the next safe point, and can be gone on with. Once more Ctrl-C leaves it where it is.';
}
