import type { RunbookResult } from '../../runbook/contract';
import type { JournalRow } from '../../runbook/execution/ports';
import type { Write } from '../clients/write-log';

/** What the judge is told. Nothing of it comes from the runbook, except what that says of itself. */
export interface Evidence {
  /** A planned run may lose nothing. */
  readonly kind: 'switchover' | 'failover';
  readonly result: RunbookResult;
  /** The journal of the run. */
  readonly rows: readonly JournalRow[];
  readonly writes: readonly Write[];
  /** Where who was primary before is found, and who is to be it now. */
  readonly hosts: { readonly old: string; readonly promoted: string };
  /** Ids that the primary has in the end. */
  readonly present: ReadonlySet<string>;
  /** Whom the writer's name means in the end. */
  readonly writer: string | undefined;
  /** The outcomes that the story allows. */
  readonly outcomes: readonly RunbookResult['outcome'][];
}

/** One promise, and whether it was kept. */
export interface Promised {
  readonly id:
    | 'outcome'
    | 'nothing-lost'
    | 'loss-in-window'
    | 'loss-in-bound'
    | 'one-writer'
    | 'refused-is-absent'
    | 'writer-found'
    | 'writes-resumed';
  readonly isKept: boolean;
  /** What was seen, for a person. */
  readonly seen: string;
}
