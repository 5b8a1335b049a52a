import { isUnderstudyError } from '../../topology';
import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import type { Io } from '../io';
import type { RunbookHost } from '../operator';
import type { Progress } from './progress';

export interface Following {
  readonly host: RunbookHost;
  readonly io: Pick<Io, 'wait'>;
  readonly progress: Progress;
  /** Ends the watching; where the engine runs here, the run as well, at its next safe point. */
  readonly signal: AbortSignal;
}

/** Seconds between two looks at a run that goes on elsewhere. */
const POLL = 5;
/** So often in a row may an answer be lost before it is given up: the run can be looked at all the same. */
const LOST_ANSWERS = 3;

/**
 * Asks, and asks again until the run is over.
 *
 * Nothing is done twice by that: an event with a run's id goes on with that run. So a lost answer, or the end of an invocation,
 * is no reason to leave a run half done; whoever is told that somebody else works on it waits and looks.
 */
export async function follow(event: RunbookEvent, following: Following): Promise<RunbookResult> {
  const { host, signal } = following;
  let lost = 0;
  for (;;) {
    let result: RunbookResult;
    try {
      result = await watched(event, following);
      lost = 0;
    } catch (error) {
      lost += 1;
      if (!isRepeatable(event) || signal.aborted || lost > LOST_ANSWERS) throw error;
      const found = await standingAfter(error, event, following);
      if (found === undefined) continue;
      result = found;
    }
    if (result.outcome !== 'IN_PROGRESS' || !isRepeatable(event) || signal.aborted) return result;
    following.progress.note(`${host.title}: run ${result.runId} is not over; asked again`);
    const ended = await pause(result, following);
    if (ended !== undefined) return ended;
  }
}

/** Goes on with the same run when it is asked once more. */
function isRepeatable({ mode, runId }: RunbookEvent): boolean {
  return runId !== undefined && (mode === 'switchover' || mode === 'failover' || mode === 'abort');
}

/**
 * One question; meanwhile the run is looked at, where it does not tell by itself.
 *
 * A connection over which nothing is said for minutes may be dropped on its way, and nobody is told. So a run that is seen to
 * have ended twice in a row is over, whether an answer comes or not.
 */
async function watched(event: RunbookEvent, following: Following): Promise<RunbookResult> {
  const { host, progress, signal } = following;
  const over = new AbortController();
  const give = (): void => over.abort();
  signal.addEventListener('abort', give);
  if (signal.aborted) give();
  const answer = host.ask(event, { signal: over.signal, onSight: (seen) => progress.see(seen) });
  const isLookedAt = host.isRemote && isRepeatable(event);
  try {
    return await (isLookedAt ? Promise.race([answer, lookedUp(event, following, over.signal)]) : answer);
  } finally {
    signal.removeEventListener('abort', give);
    give();
    // When the look was faster, nobody asks any more how the answer failed.
    await Promise.allSettled([answer]);
  }
}

/** How it ended, when two looks say so. Never an answer after `over`. */
async function lookedUp(event: RunbookEvent, following: Following, over: AbortSignal): Promise<RunbookResult> {
  let ends = 0;
  for (;;) {
    await following.io.wait(POLL, over);
    if (over.aborted) return new Promise(() => undefined);
    const seen = await standing(event, following, over);
    ends = seen === undefined || seen.outcome === 'IN_PROGRESS' ? 0 : ends + 1;
    if (seen !== undefined && ends >= 2) return seen;
  }
}

/** How the run stands; undefined: nobody knows of it yet, or nobody answers. */
async function standing(
  { runId }: RunbookEvent,
  { host, progress }: Following,
  signal: AbortSignal,
): Promise<RunbookResult | undefined> {
  try {
    const result = await host.ask({ mode: 'status', runId }, { signal });
    if (result.findings.some(({ id }) => id === 'no-such-run')) return undefined;
    if (!signal.aborted) progress.see(result);
    return result;
  } catch (error) {
    // It was only a look: the answer itself is still awaited.
    if (isUnderstudyError(error)) return undefined;
    throw error;
  }
}

/**
 * After an answer that did not come: what the journal says; undefined, when nothing came of it and it may be asked again.
 *
 * @throws the error, when nobody can tell
 */
async function standingAfter(
  error: unknown,
  event: RunbookEvent,
  following: Following,
): Promise<RunbookResult | undefined> {
  if (!isUnderstudyError(error) || error.family === 'refused') throw error;
  following.progress.note(`${error.message}; looking at run ${event.runId ?? ''}`);
  const found = await standing(event, following, following.signal);
  if (found === undefined && error.family === 'unknown') throw error;
  if (found === undefined) await following.io.wait(POLL, following.signal);
  return found;
}

/** Waits until the run may be asked for again; a result, when it ended meanwhile. */
async function pause(result: RunbookResult, following: Following): Promise<RunbookResult | undefined> {
  const { io, signal } = following;
  const event: RunbookEvent = { mode: 'status', runId: result.runId };
  let left = Math.max(1, result.resumeAfter ?? 0);
  while (left > 0 && !signal.aborted) {
    const step = Math.min(POLL, left);
    await io.wait(step, signal);
    left -= step;
    if (left <= 0) break;
    const now = await standing(event, following, signal);
    if (now !== undefined && now.outcome !== 'IN_PROGRESS') return now;
    // Whoever worked on it has left it.
    if (now?.resumeAfter === 0) break;
  }
  return undefined;
}
