import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import { paintFor } from '../paint';
import { UsageError } from '../usage-error';
import { planScreen } from './plan-screen';
import { asked, leftBehind, type Session } from './session';

export interface PromotionWishes {
  /** Nothing is to be asked: the plan was approved by its hash. */
  readonly isSure: boolean;
  /** Nobody waits for the end. */
  readonly isDetached: boolean;
}

/**
 * A promotion, with a person's consent.
 *
 * Without an approval the runbook is asked for the very kind of run, refuses it for want of one, and so tells the plan: mode
 * `plan` would choose the kind itself. On a terminal the plan is shown, the name of the member asked for, and the same asked again
 * with that plan's hash; elsewhere the refusal is the answer, and says what to type.
 */
export async function promoted(event: RunbookEvent, session: Session, wishes: PromotionWishes): Promise<RunbookResult> {
  const { io } = session;
  const mayAsk = io.ask !== undefined && !session.isJson && !wishes.isSure;
  // A run that was begun was approved then.
  if (event.runId !== undefined) return carriedOut(event, session, wishes);
  if (event.approve !== undefined)
    return mayAsk ? confirmed(event, session, wishes) : carriedOut(event, session, wishes);
  const result = await asked(event, session);
  const { plan, planHash, outcome, phase } = result;
  const waits = outcome === 'REFUSED' && phase === 'approve' && plan !== undefined;
  if (!mayAsk || !waits || session.signal.aborted) return result;
  io.stdout.write(
    planScreen(result, { place: session.place, isAsked: true, paint: paintFor(io.stdout, io.env) }) ?? '',
  );
  const typed = await typedName(session);
  if (typed !== plan.target) return notConfirmed(typed, plan.target);
  return carriedOut({ ...event, approve: planHash }, session, wishes);
}

/**
 * The hash of a plan does not tell whom it promotes. What is typed is sent along as the target: when the plan is for another
 * member, its hash is another one, and the runbook refuses.
 */
async function confirmed(event: RunbookEvent, session: Session, wishes: PromotionWishes): Promise<RunbookResult> {
  const typed = await typedName(session);
  const isOther = event.target !== undefined && event.target !== typed;
  if (typed === undefined || typed === '' || isOther) return notConfirmed(typed, event.target);
  return carriedOut({ ...event, target: typed }, session, wishes);
}

async function typedName({ io, signal }: Session): Promise<string | undefined> {
  const answer = await io.ask?.('\nThis cannot be undone. Type the name of the member that becomes primary: ', signal);
  return answer?.trim();
}

function carriedOut(event: RunbookEvent, session: Session, wishes: PromotionWishes): Promise<RunbookResult> {
  // Chosen here, so that the run can be looked at before its first answer.
  const named = { ...event, runId: event.runId ?? session.io.newRunId() };
  return wishes.isDetached ? detached(named, session) : asked(named, session);
}

async function detached(event: RunbookEvent, session: Session): Promise<RunbookResult> {
  if (session.host.isDoubtful === true) {
    const problem = '--detach leaves a run to a function that nobody waits for, and on Google Cloud it may end then';
    throw new UsageError(problem, 'allowed: --detach on AWS', 'leave it out');
  }
  await session.host.begin(event);
  return leftBehind(event, session);
}

/** As the runbook says it where nothing was asked of it. */
function notConfirmed(typed: string | undefined, target = 'the member that becomes primary'): RunbookResult {
  const problem =
    typed === undefined || typed === '' ? `${target} was not typed` : `${typed} was typed, and not ${target}`;
  return {
    runId: 'none',
    outcome: 'REFUSED',
    phase: 'approve',
    ...{ findings: [], candidates: [], timings: [] },
    next: [`Nothing was changed: ${problem}.`],
  };
}
