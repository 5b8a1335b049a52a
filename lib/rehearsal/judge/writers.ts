import type { Write } from '../clients/write-log';
import { counted, movesIn, promotionOf, resultOf, type Evidence, type Move, type Promised } from './evidence';

/** Who takes writes, and that whoever looks for them finds them. */
export function writerPromises(evidence: Evidence): readonly Promised[] {
  const moves = movesIn(evidence);
  const last = moves.at(-1);
  return [
    ...moves.map((move) => oneWriter(move, evidence)),
    refusedIsAbsent(evidence),
    ...(last === undefined || resultOf(last)?.outcome === 'NEEDS_OPERATOR'
      ? []
      : [writerFound(last, evidence), writesResumed(last, evidence)]),
  ];
}

const takenBy = ({ writes }: Evidence, host: string): readonly Write[] =>
  writes.filter((write) => write.host === host && write.end === 'acknowledged');

/** By the new primary of a move. */
const takenSince = (move: Move, evidence: Evidence): readonly Write[] =>
  takenBy(evidence, evidence.hostOf(move.to)).filter(({ sent }) => sent >= promotionOf(move));

/**
 * After the first write on the new primary nobody else acknowledges any, whoever it is, until it is promoted itself; unless a
 * person took that risk by name.
 */
function oneWriter(move: Move, evidence: Evidence): Promised {
  const [first] = takenSince(move, evidence);
  const begun = first?.ended ?? Infinity;
  const others = new Set(evidence.writes.map(({ host }) => host));
  others.delete(evidence.hostOf(move.to));
  const late = [...others].flatMap((host) => {
    const until = promotedAgain(host, move, evidence);
    const writes = takenBy(evidence, host).filter(({ sent }) => sent >= begun && sent < until);
    return writes.length === 0 ? [] : { host, count: writes.length };
  });
  const risk = riskOf(evidence.hostOf(move.from), move, evidence);
  const told = risk === undefined ? '' : `; ${risk} took that risk`;
  const count = late.reduce((sum, each) => sum + each.count, 0);
  const isOld = late.every(({ host }) => host === evidence.hostOf(move.from));
  const seen = `${counted(count)} acknowledged by ${isOld ? 'the old primary' : 'somebody else'} after the new one had begun${told}`;
  return { id: 'one-writer', isKept: late.every(({ host }) => riskOf(host, move, evidence) !== undefined), seen };
}

/** When the call was made that makes it a primary, after a move; for ever, if none was. */
function promotedAgain(host: string, { at }: Move, evidence: Evidence): number {
  const again = movesIn(evidence).find((each) => each.at > at && evidence.hostOf(each.to) === host);
  return again === undefined ? Infinity : promotionOf(again);
}

/** Who took the risk, when it was primary for the last time, that it goes on. */
function riskOf(host: string, { at }: Move, evidence: Evidence): string | undefined {
  const left = movesIn(evidence).findLast((each) => each.at <= at && evidence.hostOf(each.from) === host);
  const fence = left && resultOf(left)?.fence;
  return fence?.outcome === 'proven' ? undefined : fence?.accepted?.by;
}

/** Else nobody could believe the clients. */
function refusedIsAbsent({ writes, present }: Evidence): Promised {
  const found = writes.filter(({ id, end }) => end === 'refused' && present.has(id));
  const seen = `${counted(found.length)} there that was refused`;
  return { id: 'refused-is-absent', isKept: found.length === 0, seen };
}

function writerFound({ to }: Move, { writer, hostOf }: Evidence): Promised {
  const isKept = writer === hostOf(to);
  const seen = `the writer's name means ${isKept ? 'the new primary' : (writer ?? 'nobody')}`;
  return { id: 'writer-found', isKept, seen };
}

/** Unless the story was that somebody struck down the new primary, too. */
function writesResumed(move: Move, evidence: Evidence): Promised {
  const { to } = move;
  const some = takenSince(move, evidence);
  const isHurt = evidence.lastWords.get(to)?.isHurt === true;
  return {
    id: 'writes-resumed',
    isKept: some.length > 0 || isHurt,
    seen: `${counted(some.length)} acknowledged by the new primary${isHurt ? ', which was struck down, too' : ''}`,
  };
}
