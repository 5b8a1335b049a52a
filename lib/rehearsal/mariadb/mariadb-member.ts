import { rm } from 'node:fs/promises';
import type { Parameter } from '../rds/parameter-groups';
import type { DatabaseSession } from '../servers/database-session';
import { atOnce, settingsIn, type KnownSettings, type ServerSettings } from '../servers/group-settings';
import type { Doors } from '../servers/loopback';
import { ReplicationLink } from '../servers/replication-link';
import type { ServedMember } from '../servers/served-member';
import { followSource, settingChanges } from './mariadb-statements';
import type { MariadbServer } from './mariadb-server';

export interface MariadbMemberOptions {
  readonly region: string;
  readonly id: string;
  readonly server: MariadbServer;
  readonly doors: Doors;
  readonly known: KnownSettings;
  /** As whom it connects to whom it follows. */
  readonly replicator: { readonly user: string; readonly password: string };
  /** The master user's. */
  readonly database: string;
  /** Seconds of the machine in which a source that says nothing is given up. */
  readonly silence: number;
  /** A copy of a server that ran: what it has is what that one's log says. */
  readonly isCopy: boolean;
}

/** Milliseconds of the machine that an answer may be late by. */
const ANSWER = 1000;

export class MariadbMember implements ServedMember {
  readonly region: string;
  readonly id: string;
  readonly server: MariadbServer;
  readonly doors: Doors;
  readonly #options: MariadbMemberOptions;
  #link: ReplicationLink<MariadbMember> | undefined;
  #isCopy: boolean;
  #group: string | undefined;
  #parameters: readonly Parameter[] = [];
  /** In effect. */
  #settings: ServerSettings = {};
  /** Seconds of the machine. */
  #replayDelay = 0;
  #isFull = false;
  #isFrozen = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: MariadbMemberOptions) {
    this.#options = options;
    this.#isCopy = options.isCopy;
    ({ region: this.region, id: this.id, server: this.server, doors: this.doors } = options);
  }

  get source(): MariadbMember | undefined {
    return this.#link?.source;
  }

  get link(): ReplicationLink<MariadbMember> | undefined {
    return this.#link;
  }

  get socket(): string | undefined {
    return this.server.isRunning ? this.server.socket : undefined;
  }

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }

  async follow(source: MariadbMember): Promise<void> {
    await this.#link?.gate.close();
    this.#link = await ReplicationLink.to(source);
  }

  begunWith(group: string): void {
    this.#group ??= group;
  }

  async start(group: string | undefined, parameters: readonly Parameter[]): Promise<void> {
    this.#group = group;
    this.#parameters = parameters;
    this.#isFrozen = false;
    this.#settings = this.#wanted();
    this.server.configure(this.#settings);
    await this.server.start();
    await this.#replicate();
  }

  async reconfigure(group: string, parameters: readonly Parameter[]): Promise<void> {
    if (group !== this.#group) return;
    this.#parameters = atOnce(this.#parameters, parameters, this.#options.known);
    await this.#apply();
  }

  /** As RDS does it: what has not been applied by now is not waited for, and the server starts anew. */
  async promote(): Promise<void> {
    await this.#say(['STOP SLAVE', 'RESET SLAVE ALL']);
    await this.#link?.gate.close();
    this.#link = undefined;
    this.#replayDelay = 0;
    await this.server.stop();
    this.doors.drop();
    await this.start(this.#group, this.#parameters);
  }

  /** A promotion waits for nothing, so all has to be applied. */
  async arrived(source: MariadbMember, patience: number): Promise<boolean> {
    const [place] = await source.server.query<{ gtid: string }>('SELECT @@global.gtid_binlog_pos AS gtid');
    const session = await this.administer(patience + ANSWER);
    try {
      const seconds = (patience / 1000).toFixed(3);
      const [row] = await session.query<{ late: number | string }>(`SELECT MASTER_GTID_WAIT($1, ${seconds}) AS late`, [
        place?.gtid,
      ]);
      return Number(row?.late) === 0;
    } finally {
      session.destroy();
    }
  }

  async refill(copy: (folder: string) => Promise<void>): Promise<void> {
    await this.server.stop('kill');
    this.doors.drop();
    await rm(this.server.folder, { recursive: true, force: true });
    await copy(this.server.folder);
    this.#isCopy = true;
  }

  administer(patience?: number): Promise<DatabaseSession> {
    return this.server.administer(this.#options.database, patience);
  }

  async close(): Promise<void> {
    await Promise.all([this.doors.close(), this.#link?.gate.close()]);
  }

  async kill(): Promise<void> {
    await this.server.stop('kill');
    this.doors.drop();
  }

  freeze(): void {
    this.#isFrozen = true;
    this.server.freeze();
  }

  thaw(): void {
    this.#isFrozen = false;
    this.server.thaw();
  }

  slowLink(milliseconds: number): void {
    if (this.#link) this.#link.gate.delay = milliseconds;
  }

  /** In whole seconds, and no less than was asked for: MariaDB knows no shorter ones. */
  async delayReplay(milliseconds: number): Promise<void> {
    this.#replayDelay = Math.ceil(milliseconds / 1000);
    if (!this.#link) return;
    await this.#say(['STOP SLAVE', `CHANGE MASTER TO MASTER_DELAY = ${this.#replayDelay}`, 'START SLAVE']);
  }

  breakReplication(): void {
    this.#link?.break();
  }

  mendReplication(): void {
    this.#link?.mend();
  }

  /** Played: no disk is filled, because a file system of a size needs root. The server is read-only, and RDS's status is the caller's to set. */
  async fillDisk(isFull = true): Promise<void> {
    this.#isFull = isFull;
    await this.#apply();
  }

  /** RDS's own groups make a replica read-only by a formula, and nobody else. */
  #wanted(): ServerSettings {
    const { known, silence } = this.#options;
    return {
      slave_net_timeout: String(silence),
      read_only: this.#link ? '1' : '0',
      ...settingsIn(this.#parameters, known),
      ...(this.#isFull && { read_only: '1' }),
    };
  }

  /** What needs no start is in effect at once. A server that hangs hears nothing: for it, all waits for a start. */
  async #apply(): Promise<void> {
    const wanted = this.#wanted();
    this.server.configure(wanted);
    if (!this.server.isRunning || this.#isFrozen) return;
    const changes = settingChanges(this.#settings, wanted, this.#options.known);
    this.#settings = wanted;
    await this.#say(changes);
  }

  async #replicate(): Promise<void> {
    if (!this.#link) return;
    const { replicator, silence } = this.#options;
    const { host, port } = this.#link.gate;
    const source = { host, port, ...replicator, delay: this.#replayDelay, heartbeat: silence / 2 };
    const begin = this.#isCopy ? ['SET GLOBAL gtid_slave_pos = @@global.gtid_binlog_pos'] : [];
    this.#isCopy = false;
    // One that was a replica before has begun by itself, from where it was.
    await this.#say(['STOP SLAVE', ...begin, followSource(source), 'START SLAVE']);
  }

  async #say(statements: readonly string[]): Promise<void> {
    if (statements.length === 0) return;
    const session = await this.server.administer();
    try {
      for (const statement of statements) await session.query(statement);
    } finally {
      session.destroy();
    }
  }
}
