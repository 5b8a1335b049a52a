import type { DatabaseSession } from './database-session';
import type { Doors } from './loopback';

/** One server, as a process. */
export interface DatabaseServer {
  /** Its data. */
  readonly folder: string;
  readonly isRunning: boolean;
  readonly pid: number | undefined;
  /** Starts it, and waits until it answers. Does nothing when it runs. */
  start(): Promise<void>;
  /** `fast`: sessions are ended, and all is written. `kill`: it dies as it stands. */
  stop(how?: 'fast' | 'kill'): Promise<void>;
}

/** One instance with the server behind it, and what can be done to hurt it. */
export interface DatabaseMember {
  readonly region: string;
  readonly id: string;
  readonly server: DatabaseServer;
  readonly doors: Doors;
  /** Whom it follows. */
  readonly source: DatabaseMember | undefined;
  /** A session of the administrator in the master user's database, past every gate. @param patience milliseconds of the machine */
  administer(patience?: number): Promise<DatabaseSession>;

  /** Dies as it stands. */
  kill(): Promise<void>;
  /** Hangs: takes connections, answers nothing, and forgets nothing. */
  freeze(): void;
  thaw(): void;
  /** What it follows arrives so much later, in milliseconds of the machine; 0: as it is sent. */
  slowLink(milliseconds: number): void;
  /** Receives at once and applies so much later, in milliseconds of the machine. */
  delayReplay(milliseconds: number): Promise<void>;
  /** Its source refuses it, and it knows. */
  breakReplication(): void;
  mendReplication(): void;
  /** Takes no more writes, as one whose disk is full. */
  fillDisk(isFull?: boolean): Promise<void>;
}
