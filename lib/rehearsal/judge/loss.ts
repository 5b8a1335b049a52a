import type { LossEstimate } from '../../runbook/contract';
import type { Write } from '../clients/write-log';
import { counted, movesIn, resultOf, type Evidence, type Move, type Promised } from './evidence';

/** Acknowledged, and not there any more. */
export const lostIn = ({ writes, present }: Evidence): readonly Write[] =>
  writes.filter(({ id, end }) => end === 'acknowledged' && !present.has(id));

/** What may be lost, and what not: what the old primary of an unplanned run took, in the window that was told; nothing else. */
export function lossPromises(evidence: Evidence): readonly Promised[] {
  const lost = lostIn(evidence);
  const unplanned = movesIn(evidence).filter(({ runs }) => runs[0]?.mode === 'failover');
  const inOne = (move: Move): readonly Write[] => lost.filter(({ host }) => host === evidence.hostOf(move.from));
  const explained = new Set(unplanned.flatMap(inOne));
  const rest = lost.filter((write) => !explained.has(write));
  const nothing: Promised = {
    id: 'nothing-lost',
    isKept: rest.length === 0,
    seen: `${counted(rest.length)} lost that no unplanned run explains`,
  };
  return [
    nothing,
    ...unplanned.flatMap((move) => [
      inWindow(inOne(move), resultOf(move)?.loss),
      inBound(inOne(move), resultOf(move)?.loss),
    ]),
  ];
}

/** Every lost write was acknowledged in the time that the report tells. */
function inWindow(lost: readonly Write[], loss: LossEstimate | undefined): Promised {
  const id = 'loss-in-window';
  if (loss === undefined)
    return { id, isKept: lost.length === 0, seen: `${counted(lost.length)} lost, and no window told` };
  const [from, to] = windowOf(loss);
  const outside = lost.filter(({ sent, ended }) => ended < from || sent > to);
  const told = `${loss.from} to ${loss.to ?? 'no end that is proven'}`;
  const seen = `${counted(lost.length)} lost, ${outside.length} of them not from ${told}`;
  return { id, isKept: outside.length === 0, seen };
}

/**
 * The lost writes span no more time than the report said at worst. Without an end that is proven the report promises none: then
 * the old primary goes on, and what it acknowledges is lost as well.
 */
function inBound(lost: readonly Write[], loss: LossEstimate | undefined): Promised {
  const id = 'loss-in-bound';
  if (loss === undefined) return { id, isKept: lost.length === 0, seen: 'no loss told' };
  const [from] = windowOf(loss);
  const spent = Math.max(0, ...lost.map(({ sent }) => (sent - from) / 1000));
  if (loss.to === undefined) return { id, isKept: true, seen: `${rounded(spent)} s lost, and no end told` };
  const worst = loss.seconds + loss.error;
  return { id, isKept: spent <= worst, seen: `${rounded(spent)} s lost, and at most ${rounded(worst)} s told` };
}

/** In milliseconds. What the report tells is rounded to them. */
function windowOf({ from, to }: LossEstimate): readonly [number, number] {
  return [Date.parse(from) - 1, to === undefined ? Infinity : Date.parse(to) + 1];
}

const rounded = (seconds: number): string => String(Math.round(seconds * 10) / 10);
