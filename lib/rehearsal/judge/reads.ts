import type { Read } from '../clients/read-log';
import { counted, movesIn, resultOf, type Evidence, type Promised } from './evidence';

/** Seconds of the cloud after the names were moved in which readers may still be on their way. */
const GRACE = 60;

/**
 * Reads after the names were moved that were shown nothing of what was written since the promotion: whoever the readers' name
 * means follows somebody who is primary no more.
 */
export function staleReadsIn(evidence: Evidence): readonly Read[] {
  const move = movesIn(evidence).at(-1);
  const moved = move?.runs
    .flatMap(({ rows }) => rows)
    .findLast((row) => row.type === 'phase ended' && row.phase === 'repoint');
  if (move === undefined || moved === undefined) return [];
  const host = evidence.hostOf(move.to);
  const isWritten = evidence.writes.some((write) => write.host === host && write.end === 'acknowledged');
  const from = (moved.at + GRACE) * 1000;
  const isStale = ({ newest }: Read): boolean => newest !== undefined && newest.sent < move.at;
  const stale = evidence.reads.filter((read) => isWritten && read.asked > from && isStale(read));
  // A machine that is busy is late with what the replica has already: a reader who is shown it soon after was not misled.
  const excused = new Set(
    evidence.reads
      .filter((read) => read.newest !== undefined && read.asked > from && read.asked < from + evidence.slack)
      .flatMap((read) => (isStale(read) ? [] : read.client)),
  );
  return stale.filter(({ client, asked }) => asked >= from + evidence.slack || !excused.has(client));
}

/** Names that the report says could not be moved were promised to nobody. */
export function readsFresh(evidence: Evidence): readonly Promised[] {
  const move = movesIn(evidence).at(-1);
  if (move === undefined) return [];
  const stale = staleReadsIn(evidence);
  const isTold = resultOf(move)?.findings.some(({ id }) => id === 'repoint-incomplete') === true;
  const seen = `${counted(stale.length, 'read')} of old data after the names were moved${isTold && stale.length > 0 ? ', which the report tells' : ''}`;
  return [{ id: 'reads-fresh', isKept: stale.length === 0 || isTold, seen }];
}
