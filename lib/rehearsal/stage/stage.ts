import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import type { Host, Limits } from '../../runbook/execution';
import type { Ports } from '../../runbook/execution/ports';
import type { MemberId, Topology } from '../../topology';
import type { ApiCall } from '../api-call';
import type { Fault } from '../fault';
import type { GoogleTimes } from '../gcp/sql/google-times';
import type { ScaledClock } from '../scaled-clock';
import type { Random } from '../seeded-random';
import type { DatabaseMember } from '../servers/database-member';
import type { DatabaseServers } from '../servers/database-servers';
import type { LagPoint } from '../servers/lag-gauge';
import type { Timetable } from '../timetable';
import type { RehearsalEngine } from './played-engine';

export interface StageOptions {
  readonly topology: Topology;
  /** Whose servers are started. @default MariaDB's for MySQL and MariaDB, else PostgreSQL's */
  readonly engine?: RehearsalEngine;
  /** Seconds of the cloud in one of the machine's while only time is waited for, and 5 at most while something is at work. @default 30 */
  readonly scale?: number;
  /** What is left to chance is the same for the same seed. @default 1 */
  readonly seed?: number;
  /** How long things take on AWS. */
  readonly timetable?: Partial<Timetable>;
  /** The same on Google. */
  readonly googleTimes?: Partial<GoogleTimes>;
  /** The Region that the runbook recovers in. @default that of the best candidate */
  readonly region?: string;
  readonly limits?: Limits;
  /** Takes something away from the runbook, to see that it is missed. @default nothing */
  readonly sabotage?: (ports: Ports, stage: Stage) => Ports;
}

/** How the runbook is asked, where it is not as usual. */
export interface Asked {
  readonly host?: Partial<Host>;
  readonly ports?: Ports;
  /** Comes when the runner is no more, so that nobody waits for an answer. */
  readonly over?: Promise<unknown>;
}

/** What a cloud sees of a member that something was done to, and tells whoever asks. */
export type Symptom = 'storage-full' | 'storage-free' | 'replication-broken' | 'replication-mended';

/** A topology on real servers, a cloud in front of them, and the runbook as it is deployed: all that a story needs of them. */
export interface Stage {
  readonly engine: RehearsalEngine;
  /** Where the runbook runs. */
  readonly region: string;
  readonly clock: ScaledClock;
  readonly random: Random;
  readonly backend: DatabaseServers;
  readonly ports: Ports;
  /** Of the engine on which it is rehearsed, as the program declares it now. */
  readonly topology: Topology;
  /** Every call of the cloud's APIs so far, in order. */
  readonly calls: readonly ApiCall[];
  /** What the cloud measured so far. */
  readonly lag: readonly LagPoint[];
  /** Every server that there is, by its member's id; those that the program does not know yet, by their own. */
  readonly everybody: readonly (readonly [MemberId, DatabaseMember])[];

  /** The server of a member. */
  member(id: MemberId): DatabaseMember;
  /** As a person does it after a promotion: the program names the new primary and the replicas that there are now, and is deployed. */
  declare(primary: MemberId): void;
  /** Asks the runbook, as a host that never ends unless it is said. */
  ask(event: RunbookEvent, asked?: Asked): Promise<RunbookResult>;
  /** What the function that watches does once a minute, from now on. Until it has looked twice: the next look is a minute away then. */
  keepWatch(): Promise<void>;
  /** Nothing passes between this Region and all others, nor does its API answer who is elsewhere. */
  cut(region: string): void;
  reconnect(region: string): void;
  /** Something goes wrong with calls of the cloud's APIs. */
  inject(fault: Fault): void;
  /** The cloud tells the lag of a member so many of its seconds later than usual; 0: as usual, and what was held back at once. */
  delayMetrics(id: MemberId, seconds: number): void;
  /** The cloud notices what was done to a member. */
  show(id: MemberId, symptom: Symptom): void;
  /** A person gives a cluster one more server. Absent: there are no clusters. */
  addServer?(id: MemberId): void;
  /** The next attempt of the cloud to block the writes of a cluster times out. Absent: it makes none. */
  failFence?(): void;
  /** The cloud moves a writer that is dead, by itself. Absent: it never does. @returns to whom; undefined: it does not */
  failOver?(): MemberId | undefined;
  /** The cloud has made a member anew by itself since it was hurt. Absent: it never does. */
  isMended?(id: MemberId): boolean;
  /** Seconds for which clients may go by what a name was before it was moved. Absent: none. */
  readonly namesLinger?: number;
  /** Host name of who takes writes, as a client in that Region looks it up; undefined: nobody answers it. */
  writerFor(region: string): string | undefined;
  /** Host name of somebody to read from, as a client in that Region looks it up; undefined: nobody answers it. */
  readerFor(region: string): string | undefined;
  /** Ends everything, and leaves nothing. */
  close(): Promise<void>;
}
