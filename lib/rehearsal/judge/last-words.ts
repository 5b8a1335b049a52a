import { parseDuration, type MemberId } from '../../topology';
import { TABLE } from '../clients/table';
import type { DatabaseMember } from '../servers/database-member';
import type { ActInput, Deed } from '../scenarios/scenario-schema';
import type { Stage } from '../stage/stage';
import type { LastWord } from './evidence';

/** Milliseconds of the machine that a server has to answer, and that the last write has to get around when nothing delays it. */
const PATIENCE = { answer: 1500, around: 5000 };

/** Answers that a follower waits for, one after the other, until what it follows streams to it: login, timeline, place. */
const ANSWERS_TO_FOLLOW = 12;

export interface Asked {
  /** Whom something was done to that keeps it from answering. */
  readonly hurt: ReadonlySet<MemberId>;
  /** By what the story itself makes followers late, in milliseconds of the machine. */
  readonly late: number;
}

/**
 * By what acts make followers late, at most, in milliseconds of the machine: one that has to find somebody new to follow over a
 * slow link gets each answer late.
 */
export function lateBy(acts: readonly ActInput[], scale: number): number {
  const answers: Partial<Record<Deed, number>> = { 'slow-link': ANSWERS_TO_FOLLOW, 'delay-replay': 1 };
  const seconds = acts.map(({ do: deed, by = '0s' }) => (answers[deed] ?? 0) * parseDuration(by));
  return (Math.max(0, ...seconds) * 1000) / scale;
}

/**
 * Asks every server, when all is over and as a client beside it would, to take a write; and whether what the primary took came
 * to those who follow.
 */
export async function lastWordsOf(
  stage: Stage,
  primary: MemberId,
  { hurt, late }: Asked,
): Promise<ReadonlyMap<MemberId, LastWord>> {
  const members = stage.everybody;
  const head = members.find(([id]) => id === primary)?.[1];
  const took = new Map<MemberId, boolean>();
  for (const [id, member] of members) took.set(id, member.server.isRunning && (await takesWrite(stage, id, member)));
  return new Map(
    await Promise.all(
      members.map(async ([id, member]) => {
        // Who follows somebody else, or nobody, never gets it. One that was hurt may have been made anew since.
        const isFollower = follows(member, head);
        const isAble = id === primary || (isFollower && member.server.isRunning);
        const isAsked = took.get(primary) === true && isAble;
        const hasLast = isAsked && (await has(member, idOf(primary), PATIENCE.around + late));
        const isHurt = hurt.has(id);
        const word: LastWord = { takesWrites: took.get(id) === true, hasLast, isHurt, follows: isFollower };
        return [id, word] as const;
      }),
    ),
  );
}

/** Over others, too. */
function follows({ source }: DatabaseMember, head: DatabaseMember | undefined): boolean {
  return source !== undefined && (source === head || follows(source, head));
}

const idOf = (member: MemberId): string => `last word of ${member}`;

async function takesWrite(
  { backend, clock }: Stage,
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

async function has(member: DatabaseMember, id: string, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
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
