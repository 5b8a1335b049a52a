import type { RunbookEvent } from '../contract';
import type { Instant } from '../decision';
import type { JournalRow } from './ports';

/** Where a run is carried out. */
export interface Host {
  /** Who runs it, for a person; different in every invocation. */
  readonly holder: string;
  /** A new id, never used before. */
  newRunId(): string;
  /** A number from 0 to below 1, for the time between two attempts. */
  random(): number;
  /** When this host has to end. @default never */
  readonly until?: Instant;
  /** What to type to ask for this. */
  command(event: RunbookEvent): string;
  /** Sees every row that is written. @default nobody looks */
  readonly onRow?: (row: JournalRow) => void;
  /** Hears what is waited for. @default nobody listens */
  readonly onWait?: (title: string) => void;
}
