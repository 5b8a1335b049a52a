import type { RunbookEvent, RunbookResult } from '../../runbook/contract';

/** What comes with a question. */
export interface Asking {
  /** Ends the waiting. Where the engine runs here, the run stops at its next safe point and is told as it stands then. */
  readonly signal: AbortSignal;
  /** Sees every step as status would tell it, where the engine runs here. */
  readonly onSight?: (result: RunbookResult) => void;
}

/** Where the engine of the runbook answers: in its function, or in this process. */
export interface RunbookHost {
  /** For a person: `the function understudy-orders-promote in eu-west-1`. */
  readonly title: string;
  /** It goes on without this process. */
  readonly isRemote: boolean;
  /** Whether it does when nobody waits for its answer any more is not known. @default false */
  readonly isDoubtful?: boolean;
  /**
   * Answers one event.
   *
   * @throws UnderstudyError of family `retryable` or `refused`: nothing came of it; of family `unknown`: something may have
   */
  ask(event: RunbookEvent, asking: Asking): Promise<RunbookResult>;
  /** Hands an event over and does not wait for what comes of it. Only where it goes on without this process. */
  begin(event: RunbookEvent): Promise<void>;
  /** Lets go of all connections. */
  close(): void;
}

/** Which runbook, and where. */
export interface HostRequest {
  readonly topology: string;
  /** The Region that is recovered in. */
  readonly region: string;
  /** Of Google Cloud. @default - it is on AWS */
  readonly project?: string;
  /** The engine is to run in this process, with the operator's credentials. */
  readonly isLocal: boolean;
  /** Of the engine in this process: the databases can be reached from here. @default false */
  readonly isConnected?: boolean;
  /** @default by convention */
  readonly functionName?: string | undefined;
}

export type OpenRunbookHost = (request: HostRequest) => Promise<RunbookHost>;
