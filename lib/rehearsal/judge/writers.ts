import type { Write } from '../clients/write-log';
import {
  counted,
  movesIn,
  promotionOf,
  resultOf,
  untilPromotedAgain,
  type Evidence,
  type Move,
  type Promised,
} from './evidence';

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

/** After the first write on the new primary nobody else acknowledges any; unless a person took that risk by name. */
function oneWriter(move: Move, evidence: Evidence): Promised {
  const [first] = takenSince(move, evidence);
  const until = untilPromotedAgain(move, evidence);
  const late = takenBy(evidence, evidence.hostOf(move.from)).filter(
    ({ sent }) => first && sent >= first.ended && sent < until,
  );
  const fence = resultOf(move)?.fence;
  const risk = fence?.outcome === 'proven' ? undefined : fence?.accepted;
  const told = risk === undefined ? '' : `; ${risk.by} took that risk`;
  const seen = `${counted(late.length)} acknowledged by the old primary after the new one had begun${told}`;
  return { id: 'one-writer', isKept: late.length === 0 || risk !== undefined, seen };
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
