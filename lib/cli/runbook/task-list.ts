import type { Phase, RunbookEvent, RunbookResult } from '../../runbook/contract';
import type { Paint } from '../paint';
import { lossText } from './loss-text';
import { cut } from './paragraph';
import { span } from './span';

/** What each phase is about, for a person who waits. */
export const TITLES: Readonly<Record<Phase, string>> = {
  start: 'take the lease',
  observe: 'look at every member',
  preflight: 'check what stands against it',
  choose: 'choose whom to promote',
  approve: 'hold it against what was approved',
  fence: 'stop writes on the old primary',
  'catch-up': 'wait until all writes have arrived',
  promote: 'promote',
  confirm: 'see that it takes writes',
  restore: 'backups, standby, protection',
  repoint: 'point the endpoints to it',
  rebuild: 'new replicas',
  report: 'tell people',
  undo: 'take back what was done',
};

const BEFORE: readonly Phase[] = ['observe', 'preflight', 'choose', 'approve'];
const AFTER: readonly Phase[] = ['promote', 'confirm', 'restore', 'repoint', 'rebuild', 'report'];

/** A run as it is watched. */
export interface Watched {
  readonly event: RunbookEvent;
  /** What is asked: `the function understudy-orders-promote in eu-west-1`. */
  readonly host: string;
  /** Seconds since the question. */
  readonly elapsed: number;
  /** Seconds since the present phase was first seen. */
  readonly inPhase: number;
  /** As status tells of it; not yet known at first. */
  readonly result?: RunbookResult | undefined;
}

/** The phases, done, doing and to do. */
export function taskList(
  { event, host, elapsed, inPhase, result }: Watched,
  width: number,
  paint: Paint,
): readonly string[] {
  if (result === undefined) return [cut(`[>] ask ${host}  ${span(elapsed)}`, width)];
  const seconds = new Map(result.timings.map((each) => [each.phase, each.seconds]));
  const isOver = result.outcome !== 'IN_PROGRESS';
  const lines = phasesOf(event, result).map((phase) => {
    const name = phase.padEnd(10);
    if (phase === result.phase && !isOver) {
      const doing = result.waitingFor === undefined ? TITLES[phase] : `wait for ${result.waitingFor}`;
      return paint('yellow', cut(`[>] ${name}${span(inPhase).padStart(8)}  ${doing}`, width));
    }
    const took = seconds.get(phase);
    if (took !== undefined) return paint('green', cut(`[x] ${name}${span(took).padStart(8)}  ${TITLES[phase]}`, width));
    return cut(`[ ] ${name}${''.padStart(8)}  ${TITLES[phase]}`, width);
  });
  return [headline(result, elapsed, width), ...lines];
}

function headline(result: RunbookResult, elapsed: number, width: number): string {
  const { plan, runId } = result;
  const what = plan === undefined ? `run ${runId}` : `${plan.mode} of ${plan.primary} to ${plan.target}, run ${runId}`;
  return cut(`${what}  ${span(elapsed)}${lagText(result)}`, width);
}

/** How late the target is: of a failover, that is lost; in a switchover, it is waited for. */
function lagText({ plan, loss, candidates }: RunbookResult): string {
  if (plan?.mode !== 'switchover') return loss === undefined ? '' : `; loses ${lossText(loss)}`;
  const lag = candidates.find(({ member }) => member === plan.target)?.loss;
  if (lag === undefined) return '';
  // Where nobody writes, the last write is long ago for everybody.
  return lag.bytes === 0 ? '; had every write' : `; was ${span(lag.seconds)} behind`;
}

/** Those that the run is going to have, and those that it has had. */
function phasesOf(event: RunbookEvent, { plan, timings, phase }: RunbookResult): readonly Phase[] {
  const kind = plan?.mode ?? event.mode;
  const fence: readonly Phase[] = kind === 'switchover' ? ['fence', 'catch-up'] : ['fence'];
  const isOnlyPlanned = event.mode === 'plan' || (event.approve === undefined && event.runId === undefined);
  const usual = isOnlyPlanned ? BEFORE : [...BEFORE, ...fence, ...AFTER];
  const had = [...timings.map((each) => each.phase), phase].filter((each) => each !== 'start');
  // Where the call that promotes also waits for the target, nobody waits before.
  const isSkipped = had.includes('promote') && !had.includes('catch-up');
  return [...new Set([...usual, ...had])].filter((each) => each !== 'catch-up' || !isSkipped);
}
