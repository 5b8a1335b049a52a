import { isUnderstudyError, type Seconds } from '../../topology';
import { OUTCOMES, type Outcome, type Phase, type RunbookResult } from '../contract';
import { outcomeOf, resumeAt, SIGNALS, transition, type Signal, type SignalOf, type Transition } from '../decision';
import type { Ending, PhaseWork } from './ending';
import { isInterruption } from './interruption';
import { noticeOf } from './notice';
import { approving, checking, choosing, observing } from './phases/before-fence';
import { catchingUp } from './phases/catching-up';
import { confirming } from './phases/confirming';
import { fencing } from './phases/fencing';
import { promoting } from './phases/promoting';
import { rebuilding } from './phases/rebuilding';
import { reporting } from './phases/reporting';
import { repointing } from './phases/repointing';
import { restoring } from './phases/restoring';
import { undoing } from './phases/undoing';
import type { JournalRow } from './ports';
import { report, transitionsOf } from './report';
import type { Run } from './run';
import { noteShortfall } from './shortfall';

const WORK: { readonly [P in Phase]: PhaseWork<P> } = {
  // Whoever has a run has begun it.
  start: () => Promise.resolve({ signal: 'ok' }),
  observe: observing,
  preflight: checking,
  choose: choosing,
  approve: approving,
  fence: fencing,
  'catch-up': catchingUp,
  promote: promoting,
  confirm: confirming,
  restore: restoring,
  repoint: repointing,
  rebuild: rebuilding,
  report: reporting,
  undo: undoing,
};

/**
 * Carries a run on from where its journal stands, phase by phase as the table says, to its end or to where it is interrupted.
 *
 * What is no UnderstudyError is a defect and passes through: the run stays open, and can be taken up again.
 */
export async function work(run: Run): Promise<RunbookResult> {
  let place = placeOf(run);
  while (place.outcome === undefined) {
    const ending = await endingOf(run, place.phase);
    const { next } = transition(place.phase, ending.signal as never, run.kind);
    if (next === 'IN_PROGRESS') return interrupted(run, place.phase, ending);
    try {
      await run.append({ type: 'phase ended', phase: place.phase, ...ending });
    } catch (error) {
      if (!isInterruption(error)) throw error;
      return interrupted(run, place.phase, { signal: 'lease lost', detail: error.message });
    }
    place = placeAfter(transitionsOf(run.rows, run.kind), place.phase);
  }
  return finished(run, place.outcome);
}

interface Place {
  readonly phase: Phase;
  readonly outcome?: Outcome;
}

/** Where a run goes on that this runner has just taken. */
function placeOf(run: Run): Place {
  const rows = transitionsOf(run.rows, run.kind);
  const place = placeAfter(rows, 'start');
  return place.outcome === undefined ? { phase: resumeAt(place.phase, wasPromotionCalled(run)) } : place;
}

function placeAfter(rows: readonly Transition[], phase: Phase): Place {
  const outcome = outcomeOf(rows);
  if (outcome !== undefined) return { phase, outcome };
  const next = rows.at(-1)?.next ?? phase;
  return OUTCOMES.some((each) => each === next) ? { phase } : { phase: next as Phase };
}

/** Whether the call may have had its effect. One that was certainly refused, or throttled, had none. */
function wasPromotionCalled(run: Run): boolean {
  return run.attemptsIn('promote').some(({ outcome }) => outcome !== 'not-taken' && outcome !== 'refused');
}

/** How a phase ended here; `resumeAfter`: it did not, and may be tried again then. */
interface PhaseEnd {
  readonly signal: Signal;
  readonly detail?: string;
  readonly resumeAfter?: Seconds;
}

/** After what could not be looked at: soon enough for an incident, and not so often that it becomes one. */
const TROUBLE: Seconds = 15;

async function endingOf(run: Run, phase: Phase): Promise<PhaseEnd> {
  try {
    return await (WORK[phase] as (run: Run) => Promise<Ending<Phase>>)(run);
  } catch (error) {
    // A plan is on no journal: nobody can go on with it.
    if (!isUnderstudyError(error) || (!isInterruption(error) && run.event.mode === 'plan')) throw error;
    // Something could not be looked at. Nothing follows from that: the run stays where it is, and whoever comes next looks.
    if (!isInterruption(error)) return { signal: 'out of time', detail: error.message, resumeAfter: TROUBLE };
    const signals: readonly Signal[] = SIGNALS[phase];
    // Where a run cannot be stopped any more nobody asks whether it should be.
    const signal: SignalOf<Phase> = signals.includes(error.signal) ? error.signal : 'lease lost';
    return { signal, detail: error.message };
  }
}

async function interrupted(run: Run, phase: Phase, ending: PhaseEnd): Promise<RunbookResult> {
  if (ending.signal !== 'lease lost') await run.leave();
  const told = report(run.rows, run.host);
  const why = ending.detail === undefined ? [] : [`Interrupted in ${phase}: ${ending.detail}.`];
  return {
    ...told,
    phase,
    next: [...why, ...told.next],
    resumeAfter: ending.signal === 'lease lost' ? run.limits.leaseTtl : (ending.resumeAfter ?? 0),
  };
}

/** Tells people, unless they were told already or only a plan was asked for, and closes the run. */
async function finished(run: Run, outcome: Outcome): Promise<RunbookResult> {
  const end: JournalRow = { type: 'ended', outcome, number: run.rows.length + 1, at: run.ports.clock.now() };
  try {
    const isTold = run.rows.some((row) => row.type === 'phase ended' && row.phase === 'report');
    // Who was refused knows it already.
    if (!isTold && outcome !== 'REFUSED' && run.event.mode !== 'plan') await tell(run, [...run.rows, end]);
    await run.append({ type: 'ended', outcome });
  } catch (error) {
    if (!isInterruption(error)) throw error;
    return interrupted(run, report(run.rows, run.host).phase, { signal: 'lease lost', detail: error.message });
  }
  return report(run.rows, run.host);
}

async function tell(run: Run, rows: readonly JournalRow[]): Promise<void> {
  try {
    await run.ports.notifier.tell(noticeOf(run.topology.name, report(rows, run.host)));
  } catch (error) {
    if (!isUnderstudyError(error) || isInterruption(error)) throw error;
    await noteShortfall(run, 'report', `nobody could be told: ${error.message}`);
  }
}
