import type { MemberId, Topology } from '../../../topology';
import type {
  Candidate,
  FenceOutcome,
  LossEstimate,
  Outcome,
  Phase,
  Plan,
  RunbookEvent,
  RunbookFinding,
} from '../../contract';
import type { Instant, Kind, Position, Signal } from '../../decision';
import type { AttemptOutcome } from './procedure';

/** One thing that a run did or saw. From these rows alone a run goes on, and is reported. No secrets. */
export type JournalEntry =
  | {
      /** The first row: what was asked, and of what. */
      readonly type: 'begun';
      readonly runId: string;
      readonly kind: Kind | 'unfence';
      readonly event: RunbookEvent;
      /** The topology as this run sees it, with the primary of its beginning. */
      readonly topology: Topology;
      /** Whom the program declared as the primary then. */
      readonly declared: MemberId;
      readonly holder: string;
    }
  | { readonly type: 'resumed'; readonly holder: string; readonly phase: Phase }
  | { readonly type: 'phase ended'; readonly phase: Phase; readonly signal: Signal; readonly detail?: string }
  | {
      readonly type: 'observed';
      readonly findings: readonly RunbookFinding[];
      readonly candidates: readonly Candidate[];
      readonly loss?: LossEstimate;
    }
  | { readonly type: 'planned'; readonly plan: Plan; readonly planHash: string }
  | {
      /** Written before the call is made. `outcome: asked` */
      readonly type: 'attempt';
      readonly phase: Phase;
      readonly procedure: string;
      readonly step: string;
      readonly title: string;
    }
  | {
      readonly type: 'answer';
      readonly phase: Phase;
      readonly procedure: string;
      readonly step: string;
      readonly outcome: Exclude<AttemptOutcome, 'asked'>;
      readonly problem?: string;
    }
  | { readonly type: 'frozen'; readonly position: Position }
  | { readonly type: 'fenced'; readonly fence: FenceOutcome }
  | { readonly type: 'loss'; readonly loss: LossEstimate }
  | {
      readonly type: 'promoted';
      readonly member: MemberId;
      readonly from: MemberId;
      /** Whom the program declared as the primary then. */
      readonly declared: MemberId;
    }
  | { readonly type: 'endpoint'; readonly endpoint: string; readonly before: string }
  | {
      /** Where something is that would be lost else, in a sentence. */
      readonly type: 'kept';
      readonly what: string;
    }
  | { readonly type: 'shortfall'; readonly phase: Phase; readonly problem: string }
  | { readonly type: 'abort asked'; readonly by: string; readonly reason: string }
  | {
      readonly type: 'ended';
      readonly outcome: Outcome;
      /** Why, when no phase says so. */
      readonly detail?: string;
    };

/** A row as it is kept. */
export type JournalRow = JournalEntry & {
  /** 1 is the first of its run. */
  readonly number: number;
  readonly at: Instant;
};
