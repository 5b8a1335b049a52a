import type { Mode, RunbookResult } from '../../runbook/contract';
import type { JournalRow } from '../../runbook/execution/ports';
import type { MemberId } from '../../topology';
import type { ApiCall } from '../api-call';
import type { Read } from '../clients/read-log';
import type { Write } from '../clients/write-log';

/** One thing that the runbook was asked, and what it said. Plans are not judged. */
export interface JudgedRun {
  /** A planned run may lose nothing. */
  readonly mode: Mode;
  readonly began: number;
  readonly ended: number;
  /** Absent: its runner was killed. */
  readonly result?: RunbookResult;
  /** What this runner wrote into the journal. */
  readonly rows: readonly JournalRow[];
  /** The outcomes that the story allows. */
  readonly outcomes: readonly RunbookResult['outcome'][];
}

/** Who took the place of whom. */
export interface Move {
  readonly from: MemberId;
  readonly to: MemberId;
  /** When the journal says so, in milliseconds since 1970. */
  readonly at: number;
  /** Of the run that did it, with those who went on with it. */
  readonly runs: readonly JudgedRun[];
}

/** What a server answers when all is over. */
export interface LastWord {
  /** A client beside it can write on it. */
  readonly takesWrites: boolean;
  /** It has what the primary was told last. */
  readonly hasLast: boolean;
  /** It is to follow the primary, or somebody who does, whether or not it can. @default false */
  readonly follows?: boolean;
  /** Something was done to it on purpose that keeps it from answering. */
  readonly isHurt: boolean;
}

/** What the judge is told. Nothing of it comes from the runbook, except what that says of itself. */
export interface Evidence {
  readonly runs: readonly JudgedRun[];
  readonly writes: readonly Write[];
  readonly reads: readonly Read[];
  readonly calls: readonly ApiCall[];
  /** Who was primary when the story began. */
  readonly primary: MemberId;
  /** Where a member is found. */
  readonly hostOf: (member: MemberId) => string;
  /** Ids that the primary has in the end. */
  readonly present: ReadonlySet<string>;
  /** Whom the writer's name means in the end. */
  readonly writer: string | undefined;
  readonly lastWords: ReadonlyMap<MemberId, LastWord>;
  /** Milliseconds of the cloud's time by which this machine may be late. */
  readonly slack: number;
}

/** One promise, and whether it was kept. */
export interface Promised {
  readonly id:
    | 'outcome'
    | 'nothing-lost'
    | 'loss-in-window'
    | 'loss-in-bound'
    | 'one-writer'
    | 'one-runner'
    | 'refused-is-absent'
    | 'writer-found'
    | 'writes-resumed'
    | 'reads-fresh'
    | 'fence-true'
    | 'roles-true'
    | 'timings-true'
    | 'answers-true'
    | 'nothing-unsaid';
  readonly isKept: boolean;
  /** What was seen, for a person. */
  readonly seen: string;
}

/** All promotions, in order. */
export function movesIn({ runs }: Pick<Evidence, 'runs'>): readonly Move[] {
  return runs
    .flatMap((run) =>
      run.rows.flatMap((row) =>
        row.type === 'promoted'
          ? [
              {
                from: row.from,
                to: row.member,
                at: row.at * 1000,
                runs: runs.filter((each) => runIdOf(each) === runIdOf(run)),
              },
            ]
          : [],
      ),
    )
    .sort((a, b) => a.at - b.at);
}

/** When the call was made that promotes: what the new primary took before, it took when it was primary once before. */
export function promotionOf({ runs, at }: Pick<Move, 'runs' | 'at'>): number {
  const calls = runs.flatMap(({ rows }) =>
    rows.flatMap((row) => (row.type === 'attempt' && row.phase === 'promote' ? row.at * 1000 : [])),
  );
  return Math.min(at, ...calls);
}

/** Until when the old primary of a move is none: it may be promoted again. */
export function untilPromotedAgain(move: Move, evidence: Pick<Evidence, 'runs'>): number {
  const again = movesIn(evidence).find(({ to, at }) => to === move.from && at > move.at);
  return again === undefined ? Infinity : promotionOf(again);
}

export function runIdOf({ result, rows }: JudgedRun): string | undefined {
  const [first] = rows;
  return first?.type === 'begun' ? first.runId : result?.runId;
}

/** What the run that moved somebody said of itself in the end. */
export const resultOf = ({ runs }: Move): RunbookResult | undefined => runs.findLast(({ result }) => result)?.result;

export const counted = (count: number, one = 'write'): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);
