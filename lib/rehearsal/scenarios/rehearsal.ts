import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import type { JournalRow } from '../../runbook/execution/ports';
import type { MemberId, Topology } from '../../topology';
import type { Read } from '../clients/read-log';
import type { Write } from '../clients/write-log';
import type { Verdict } from '../judge/judge';
import type { RehearsalEngine } from '../stage/played-engine';
import type { LagPoint } from '../servers/lag-gauge';
import type { CallsSeen } from './calls-seen';
import type { Reign } from './reigns';

/**
 * Everything that was seen in one rehearsal: what a report is made from. Plain data; as JSON it says the same.
 *
 * All times are milliseconds since 1970, by the cloud's clock, unless something else is said.
 */
export interface Rehearsal {
  /** Name of the scenario, and what it is about, in one sentence. */
  readonly scenario: string;
  readonly about: string;
  readonly engine: RehearsalEngine;
  /** The same seed plays the same story again. */
  readonly seed: number;
  /** How many of the cloud's seconds passed in one of the machine's. */
  readonly scale: number;
  readonly topology: Topology;
  /** Address of each member's server, as writes and reads name it. */
  readonly hosts: Readonly<Record<MemberId, string>>;
  readonly began: number;
  readonly ended: number;
  /** Seconds of the machine. */
  readonly took: number;
  /** What happened to the cloud, in order. */
  readonly acts: readonly Act[];
  /** What the runbook was asked and what it answered, in order of the questions; plans, too. */
  readonly runs: readonly RehearsedRun[];
  readonly reigns: readonly Reign[];
  readonly writes: readonly Write[];
  readonly reads: readonly Read[];
  readonly lag: readonly LagPoint[];
  readonly calls: CallsSeen;
  readonly verdict: Verdict;
}

/** Something that happened to the cloud: killed, cut off, healed, a runbook that was killed. */
export interface Act {
  readonly at: number;
  /** For a person. */
  readonly text: string;
  /** Whom it happened to, if it is one member. */
  readonly member?: MemberId;
}

/** One event that the runbook was given, and what came of it. Mode `plan` changes nothing. */
export interface RehearsedRun {
  readonly began: number;
  readonly ended: number;
  /** Which of the scenario's runs it belongs to, from 1. */
  readonly request: number;
  /** Who ran it. */
  readonly holder: string;
  readonly event: RunbookEvent;
  /** Absent: the runner was killed before it answered. */
  readonly result?: RunbookResult;
  /** What it wrote into the journal; `at` of a row is in seconds since 1970. */
  readonly rows: readonly JournalRow[];
}
