import { PHASES, type Outcome, type Phase } from '../contract';
import { UnderstudyError } from '../../topology';
import { kindsOf, SIGNALS, type Kind, type Signal, type SignalOf } from './signals';

/** What follows. */
interface Way {
  /** Undefined: in both kinds. */
  readonly kind?: Kind;
  readonly next: Phase | Outcome;
  /** The run goes on, but ends no better than this. */
  readonly noBetterThan?: Outcome;
  /** Why. */
  readonly because: string;
}

/** One row: after `phase` ended with `signal`, go on with a phase or end with an outcome. */
export interface Transition extends Way {
  readonly phase: Phase;
  readonly signal: Signal;
}

const to = (next: Way['next'], because: string, more: Pick<Way, 'kind' | 'noBetterThan'> = {}): Way => ({
  next,
  because,
  ...more,
});
const planned = (next: Way['next'], because: string): Way => to(next, because, { kind: 'switchover' });
const unplanned = (next: Way['next'], because: string, noBetterThan?: Outcome): Way =>
  to(next, because, { kind: 'failover', ...(noBetterThan === undefined ? {} : { noBetterThan }) });

type Ways = {
  readonly [P in Phase]: Readonly<Record<Exclude<SignalOf<P>, 'lease lost' | 'out of time'>, readonly Way[]>>;
};

const STOPPED = to('REFUSED', 'an operator asked to stop, and nothing was changed');
const KEPT = unplanned('NEEDS_OPERATOR', 'an operator asked to stop; only a person opens the fence again');
const TAKEN_BACK = planned('undo', 'an operator asked to stop');

/**
 * Every way through a run. The diagram in the README and the test that no phase lacks an answer come from these rows.
 *
 * Until `fence` nothing was changed, so a run is refused. Between `fence` and `promote` a planned run takes back what it did;
 * an unplanned one never does, because a fence that opens by itself is no fence. After `promote` there is no way back.
 */
const WAYS: Ways = {
  start: {
    ok: [to('observe', 'the lease is ours')],
    held: [to('REFUSED', 'another run holds the lease')],
  },
  observe: {
    ok: [to('preflight', 'enough was seen to judge')],
    unclear: [to('REFUSED', 'not even the candidates could be seen')],
    'abort asked': [STOPPED],
  },
  preflight: {
    ok: [to('choose', 'nothing stands against it, or it was accepted')],
    blocked: [to('REFUSED', 'a finding stands against it')],
    'abort asked': [STOPPED],
  },
  choose: {
    ok: [to('approve', 'a candidate is chosen')],
    nobody: [to('REFUSED', 'nobody can be promoted')],
    'abort asked': [STOPPED],
  },
  approve: {
    ok: [to('fence', 'the plan that was approved is the plan')],
    'plan only': [to('DONE', 'only a plan was asked for')],
    'not approved': [to('REFUSED', 'nobody approved this plan')],
    'abort asked': [STOPPED],
  },
  fence: {
    ok: [
      planned('catch-up', 'the primary is frozen and its position stands still'),
      unplanned('promote', 'the fence is proven'),
    ],
    'left to the cloud': [to('promote', 'the call that promotes silences the old primary itself')],
    // Two primaries may exist: that run is not done before a person has looked.
    'risk accepted': [unplanned('promote', 'a person takes the risk of a fence that is not proven', 'DEGRADED')],
    'not proven': [
      planned('undo', 'a primary that may still write has no last position'),
      unplanned('NEEDS_OPERATOR', 'two primaries are worse than none'),
    ],
    'timed out': [
      planned('undo', 'the primary could not be frozen in time'),
      unplanned('NEEDS_OPERATOR', 'whether it is fenced is not known'),
    ],
    'abort asked': [TAKEN_BACK, KEPT],
  },
  'catch-up': {
    ok: [planned('promote', 'the candidate has applied everything')],
    'timed out': [planned('undo', 'the candidate did not catch up in time')],
    failed: [planned('undo', 'the candidate broke')],
    'abort asked': [TAKEN_BACK],
  },
  promote: {
    ok: [to('confirm', 'the cloud took the call')],
    unclear: [to('confirm', 'the answer was lost: looking tells what the call did')],
    refused: [
      planned('undo', 'the cloud refused, and a look shows that nothing was promoted'),
      unplanned('NEEDS_OPERATOR', 'the old primary is fenced and nobody is promoted'),
    ],
    changed: [
      planned('undo', 'the candidate is not what was approved any more'),
      unplanned('NEEDS_OPERATOR', 'the old primary is fenced and the candidate is not what was approved any more'),
    ],
    'abort asked': [TAKEN_BACK, KEPT],
  },
  confirm: {
    ok: [to('restore', 'it follows nobody, is available, and takes writes')],
    // Of a fence that was left to the cloud: what became of it is known only now, and there is no way back.
    'risk accepted': [unplanned('restore', 'a person took the risk of a fence that is not proven', 'DEGRADED')],
    'not proven': [
      to('restore', 'it takes writes, and whether the old primary does is not known', {
        noBetterThan: 'NEEDS_OPERATOR',
      }),
    ],
    'timed out': [to('NEEDS_OPERATOR', 'a promotion that may still come forbids to go back')],
    failed: [to('NEEDS_OPERATOR', 'the promoted member failed')],
  },
  restore: {
    ok: [to('repoint', 'backups, standby and protection are on')],
    incomplete: [to('repoint', 'clients come first; durability is reported as missing', { noBetterThan: 'DEGRADED' })],
  },
  repoint: {
    ok: [to('rebuild', 'every endpoint was written and read back')],
    incomplete: [to('rebuild', 'some clients do not find the primary', { noBetterThan: 'NEEDS_OPERATOR' })],
  },
  rebuild: {
    ok: [to('report', 'a replica follows the new primary')],
    incomplete: [to('report', 'no replica follows the new primary yet', { noBetterThan: 'DEGRADED' })],
  },
  report: {
    ok: [to('DONE', 'all is written down')],
    incomplete: [to('DONE', 'somebody could not be told', { noBetterThan: 'DEGRADED' })],
  },
  undo: {
    ok: [planned('ABORTED', 'the old primary takes writes again')],
    incomplete: [planned('NEEDS_OPERATOR', 'the old primary may still be frozen')],
    'timed out': [planned('NEEDS_OPERATOR', 'whether the old primary takes writes again is not known')],
  },
};

/** What happens to the runner, not to the run: the same in every phase that can end so. */
const INTERRUPTIONS: Readonly<Record<'lease lost' | 'out of time', Way>> = {
  'lease lost': to('IN_PROGRESS', 'another runner goes on with this run: this one touches nothing more'),
  'out of time': to('IN_PROGRESS', 'the host ends; called again, the run goes on'),
};

/** All rows, phase by phase. */
export const TRANSITIONS: readonly Transition[] = PHASES.flatMap((phase) =>
  SIGNALS[phase].flatMap((signal) => {
    const ways: Readonly<Partial<Record<Signal, readonly Way[]>>> = { ...WAYS[phase] };
    const found = signal === 'lease lost' || signal === 'out of time' ? [INTERRUPTIONS[signal]] : (ways[signal] ?? []);
    const [only, ...others] = kindsOf(phase, signal);
    return found.map((way) => ({ phase, signal, ...way, ...(others.length === 0 && only ? { kind: only } : {}) }));
  }),
);

/**
 * The row for a phase's end.
 *
 * @throws UnderstudyError `no-transition`, of family `unknown`, when a run gives what its phase cannot give: it must stop there.
 */
export function transition<P extends Phase>(phase: P, signal: SignalOf<P>, kind: Kind): Transition {
  const row = TRANSITIONS.find(
    (each) => each.phase === phase && each.signal === signal && (each.kind ?? kind) === kind,
  );
  if (row !== undefined) return row;
  throw new UnderstudyError('no-transition', `a ${kind} cannot end phase ${phase} with "${signal}"`, {
    family: 'unknown',
  });
}
