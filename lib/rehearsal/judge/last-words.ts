import type { MemberId } from '../../topology';
import { TABLE } from '../clients/table';
import type { DatabaseMember } from '../servers/database-member';
import type { RehearsalStage } from '../stage/rehearsal-stage';
import type { LastWord } from './evidence';

/** Milliseconds of the machine that a server has to answer, and that the last write has to get around. */
const PATIENCE = { answer: 1500, around: 5000 };

/**
 * Asks every server, when all is over and as a client beside it would, to take a write; and whether what the primary took came
 * to those who follow.
 *
 * @param hurt whom something was done to that keeps it from answering
 */
export async function lastWordsOf(
  stage: RehearsalStage,
  primary: MemberId,
  hurt: ReadonlySet<MemberId>,
): Promise<ReadonlyMap<MemberId, LastWord>> {
  const members = stage.everybody;
  const took = new Map<MemberId, boolean>();
  for (const [id, member] of members) took.set(id, member.server.isRunning && (await takesWrite(stage, id, member)));
  return new Map(
    await Promise.all(
      members.map(async ([id, member]) => {
        // Who follows nobody never gets it.
        const isAble = id === primary || (member.source !== undefined && member.server.isRunning && !hurt.has(id));
        const isAsked = took.get(primary) === true && isAble;
        const hasLast = isAsked && (await has(member, idOf(primary)));
        const word: LastWord = { takesWrites: took.get(id) === true, hasLast, isHurt: hurt.has(id) };
        return [id, word] as const;
      }),
    ),
  );
}

const idOf = (member: MemberId): string => `last word of ${member}`;

async function takesWrite(
  { backend, clock }: RehearsalStage,
  id: MemberId,
  { region, doors }: DatabaseMember,
): Promise<boolean> {
  try {
    const session = await backend.connect(backend.network.addressFrom(region, doors.host), PATIENCE.answer);
    try {
      const sent = Math.round(clock.now());
      await session.query(`INSERT INTO ${TABLE} (id, client, sent) VALUES ($1, $2, $3)`, [idOf(id), 'the judge', sent]);
      return true;
    } finally {
      session.destroy();
    }
  } catch {
    // Refused, out of reach or read-only: it takes none.
    return false;
  }
}

async function has(member: DatabaseMember, id: string): Promise<boolean> {
  const deadline = Date.now() + PATIENCE.around;
  try {
    const session = await member.administer(PATIENCE.answer);
    try {
      while (Date.now() < deadline) {
        const rows = await session.query(`SELECT id FROM ${TABLE} WHERE id = $1`, [id]);
        if (rows.length > 0) return true;
        await new Promise((resolve) => void setTimeout(resolve, 50));
      }
      return false;
    } finally {
      session.destroy();
    }
  } catch {
    // One that does not answer has nothing to say.
    return false;
  }
}
