import type { LossEstimate, RunbookResult } from '../../runbook/contract';
import type { Write } from '../clients/write-log';
import type { Read } from '../clients/read-log';
import type { Evidence, Promised } from './evidence';
import { outageByPhase, outageIn, type PhaseOutage } from './outage';

export interface Verdict {
  readonly isKept: boolean;
  readonly promises: readonly Promised[];
  /** Acknowledged, and not there any more. */
  readonly lost: readonly Write[];
  /** Seconds of the cloud without writes, as clients saw it: the longest in which nobody was acknowledged one that is still there. */
  readonly outage: number;
  readonly outageByPhase: readonly PhaseOutage[];
  /** Reads after the names were moved that were shown what the new primary does not have. */
  readonly staleReads: readonly Read[];
}

/** Outcomes in which somebody was promoted. */
const MOVED: readonly RunbookResult['outcome'][] = ['DONE', 'DEGRADED'];

/** Holds what clients and servers say against what the runbook promised. */
export function judge(evidence: Evidence): Verdict {
  const { result, kind } = evidence;
  const isMoved = MOVED.includes(result.outcome);
  const lost = evidence.writes.filter(({ id, end }) => end === 'acknowledged' && !evidence.present.has(id));
  const promises = [
    outcome(evidence),
    ...(kind === 'switchover' || !isMoved
      ? [nothingLost(lost)]
      : [lossInWindow(lost, result), lossInBound(lost, result)]),
    oneWriter(evidence),
    refusedIsAbsent(evidence),
    ...(isMoved ? [writerFound(evidence), writesResumed(evidence)] : []),
  ];
  const outage = outageIn(evidence.writes, evidence.present);
  return {
    isKept: promises.every(({ isKept }) => isKept),
    promises,
    lost,
    outage: outage === undefined ? 0 : (outage.to - outage.from) / 1000,
    outageByPhase: outage === undefined ? [] : outageByPhase(outage, evidence.rows),
    staleReads: [],
  };
}

function outcome({ result, outcomes }: Evidence): Promised {
  const isKept = outcomes.includes(result.outcome);
  return { id: 'outcome', isKept, seen: `the run ended ${result.outcome}; allowed is ${outcomes.join(' or ')}` };
}

function nothingLost(lost: readonly Write[]): Promised {
  return { id: 'nothing-lost', isKept: lost.length === 0, seen: `${counted(lost.length)} of those acknowledged lost` };
}

/** Every lost write was acknowledged in the time that the report tells. */
function lossInWindow(lost: readonly Write[], { loss }: RunbookResult): Promised {
  const id = 'loss-in-window';
  if (loss === undefined)
    return { id, isKept: lost.length === 0, seen: `${counted(lost.length)} lost, and no window told` };
  const [from, to] = windowOf(loss);
  const outside = lost.filter(({ sent, ended }) => ended < from || sent > to);
  const told = `${loss.from} to ${loss.to ?? 'no end that is proven'}`;
  return {
    id,
    isKept: outside.length === 0,
    seen: `${counted(lost.length)} lost, ${outside.length} of them not from ${told}`,
  };
}

/**
 * The lost writes span no more time than the report said at worst. Without an end that is proven the report promises none: then
 * the old primary goes on, and what it acknowledges is lost as well.
 */
function lossInBound(lost: readonly Write[], { loss }: RunbookResult): Promised {
  const id = 'loss-in-bound';
  if (loss === undefined) return { id, isKept: lost.length === 0, seen: 'no loss told' };
  const [from] = windowOf(loss);
  const spent = Math.max(0, ...lost.map(({ sent }) => (sent - from) / 1000));
  if (loss.to === undefined) return { id, isKept: true, seen: `${rounded(spent)} s lost, and no end told` };
  const worst = loss.seconds + loss.error;
  return { id, isKept: spent <= worst, seen: `${rounded(spent)} s lost, and at most ${rounded(worst)} s told` };
}

/** After the first write on the new primary nobody else acknowledges any; unless a person took that risk by name. */
function oneWriter({ writes, hosts, result }: Evidence): Promised {
  const id = 'one-writer';
  const [first] = writes.filter(({ host, end }) => host === hosts.promoted && end === 'acknowledged');
  const late = writes.filter(
    ({ host, end, sent }) => first !== undefined && host === hosts.old && end === 'acknowledged' && sent >= first.ended,
  );
  const risk = result.fence?.outcome === 'proven' ? undefined : result.fence?.accepted;
  const told = risk === undefined ? '' : `; ${risk.by} took that risk`;
  const seen = `${counted(late.length)} acknowledged by the old primary after the new one had begun${told}`;
  return { id, isKept: late.length === 0 || risk !== undefined, seen };
}

/** Else nobody could believe the clients. */
function refusedIsAbsent({ writes, present }: Evidence): Promised {
  const found = writes.filter(({ id, end }) => end === 'refused' && present.has(id));
  return {
    id: 'refused-is-absent',
    isKept: found.length === 0,
    seen: `${counted(found.length)} there that was refused`,
  };
}

function writerFound({ writer, hosts }: Evidence): Promised {
  const isKept = writer === hosts.promoted;
  return {
    id: 'writer-found',
    isKept,
    seen: `the writer's name means ${isKept ? 'the new primary' : (writer ?? 'nobody')}`,
  };
}

function writesResumed({ writes, hosts }: Evidence): Promised {
  const some = writes.filter(({ host, end }) => host === hosts.promoted && end === 'acknowledged');
  return {
    id: 'writes-resumed',
    isKept: some.length > 0,
    seen: `${counted(some.length)} acknowledged by the new primary`,
  };
}

/** In milliseconds. What the report tells is rounded to them. */
function windowOf({ from, to }: LossEstimate): readonly [number, number] {
  return [Date.parse(from) - 1, to === undefined ? Infinity : Date.parse(to) + 1];
}

const counted = (count: number): string => (count === 1 ? '1 write' : `${count} writes`);
const rounded = (seconds: number): string => String(Math.round(seconds * 10) / 10);
