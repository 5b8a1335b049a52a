import { rm } from 'node:fs/promises';
import { UnderstudyError } from '../../topology';
import type { Parameter } from '../rds/parameter-groups';
import type { DatabaseSession } from '../servers/database-session';
import { atOnce, settingsIn, type KnownSettings, type ServerSettings } from '../servers/group-settings';
import type { Gate } from '../servers/gate';
import type { Doors } from '../servers/loopback';
import { ReplicationLink } from '../servers/replication-link';
import type { ServedMember } from '../servers/served-member';
import { cloneServer } from './clone-server';
import type { PostgresServer } from './postgres-server';
import { postgresSession } from './postgres-session';

export interface PostgresMemberOptions {
  readonly region: string;
  readonly id: string;
  readonly server: PostgresServer;
  readonly doors: Doors;
  /** Settings of the rehearsal itself. */
  readonly usual: ServerSettings;
  readonly known: KnownSettings;
  /** As whom it connects to whom it follows. */
  readonly replicator: { readonly user: string; readonly password: string };
  /** The master user's. */
  readonly database: string;
}

/** Milliseconds of the machine: of an administrator's question when all is over. */
const PATIENCE = 30_000;
/** Milliseconds of the machine: of a promotion. */
const PROMOTION = 60_000;
/** Milliseconds of the machine between two looks. */
const LOOK = 20;
/** The same, where what is looked for takes some ten of them. */
const GLANCE = 5;

/** How far a server's log goes. */
const PLACE = `SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_flush_lsn() END)::text AS lsn`;

export class PostgresMember implements ServedMember {
  readonly region: string;
  readonly id: string;
  readonly server: PostgresServer;
  readonly doors: Doors;
  readonly #options: PostgresMemberOptions;
  #link: ReplicationLink<PostgresMember> | undefined;
  #group: string | undefined;
  #parameters: readonly Parameter[] = [];
  #replayDelay = 0;
  #isFull = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: PostgresMemberOptions) {
    this.#options = options;
    ({ region: this.region, id: this.id, server: this.server, doors: this.doors } = options);
  }

  get source(): PostgresMember | undefined {
    return this.#link?.source;
  }

  inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }

  async follow(source: PostgresMember): Promise<void> {
    await this.#link?.gate.close();
    this.#link = await ReplicationLink.to(source);
  }

  get socket(): string | undefined {
    return this.server.isRunning ? this.server.socket : undefined;
  }

  get link(): ReplicationLink<PostgresMember> | undefined {
    return this.#link;
  }

  begunWith(group: string): void {
    this.#group ??= group;
  }

  async start(group: string | undefined, parameters: readonly Parameter[]): Promise<void> {
    this.#group = group;
    this.#parameters = parameters;
    await this.#write();
    await this.server.start();
  }

  /** Its data become a copy of somebody's whom it follows from then on. It is found where it was. */
  async remake(source: PostgresMember): Promise<void> {
    await this.refill((folder) => cloneServer(source.server, folder));
    await this.follow(source);
    [this.#replayDelay, this.#isFull] = [0, false];
    await this.start(undefined, []);
  }

  async reconfigure(group: string, parameters: readonly Parameter[]): Promise<void> {
    if (group !== this.#group) return;
    this.#parameters = atOnce(this.#parameters, parameters, this.#options.known);
    await this.#write();
  }

  /** Other settings, in effect soon. One that does not run stays as it is: who was killed does not live because of them. */
  async retune(parameters: readonly Parameter[]): Promise<void> {
    this.#parameters = parameters;
    await this.#write();
  }

  async promote(): Promise<void> {
    await this.#leaveRecovery();
    await this.#link?.gate.close();
    this.#link = undefined;
    this.#replayDelay = 0;
    await this.#write();
  }

  /** Looked for here: `pg_promote` itself looks every tenth of a second. */
  async #leaveRecovery(): Promise<void> {
    const deadline = performance.now() + PROMOTION;
    const session = await this.administer();
    try {
      await session.query('SELECT pg_promote(false)');
      for (;;) {
        const [row] = await session.query<{ is_over: boolean }>('SELECT NOT pg_is_in_recovery() AS is_over');
        if (row?.is_over === true) return;
        if (performance.now() > deadline) {
          const time = `${PROMOTION / 1000} s`;
          throw new UnderstudyError('postgres-failed', `${this.id} was promoted, and is a standby still after ${time}`);
        }
        await new Promise((resolve) => void setTimeout(resolve, GLANCE));
      }
    } finally {
      session.destroy();
    }
  }

  /** What it has received it replays before it is promoted. Who is followed may follow somebody, too. */
  async arrived(source: PostgresMember, patience: number): Promise<boolean> {
    const deadline = performance.now() + patience;
    const [place] = await source.server.query<{ lsn: string | null }>(PLACE);
    const isHere = 'SELECT pg_last_wal_receive_lsn() >= $1::pg_lsn AS here';
    for (;;) {
      const [row] = await this.server.query<{ here: boolean | null }>(isHere, [place?.lsn]);
      if (row?.here === true) return true;
      if (performance.now() > deadline) return false;
      await new Promise((resolve) => void setTimeout(resolve, LOOK));
    }
  }

  async refill(copy: (folder: string) => Promise<void>): Promise<void> {
    await this.server.stop('kill');
    this.doors.drop();
    await rm(this.server.folder, { recursive: true, force: true });
    await copy(this.server.folder);
  }

  administer(patience = PATIENCE): Promise<DatabaseSession> {
    return postgresSession({ ...this.server.login, database: this.#options.database }, patience);
  }

  async close(): Promise<void> {
    await Promise.all([this.doors.close(), this.#link?.gate.close()]);
  }

  async kill(): Promise<void> {
    await this.server.stop('kill');
    this.doors.drop();
  }

  freeze(): void {
    this.server.freeze();
  }

  thaw(): void {
    this.server.thaw();
  }

  slowLink(milliseconds: number): void {
    if (this.#link) this.#link.gate.delay = milliseconds;
  }

  async delayReplay(milliseconds: number): Promise<void> {
    this.#replayDelay = milliseconds;
    await this.#write();
  }

  breakReplication(): void {
    this.#link?.break();
  }

  mendReplication(): void {
    this.#link?.mend();
  }

  /**
   * Played: no disk is filled, because a file system of a size needs root. New transactions are read-only, and RDS's status is
   * the caller's to set. A server whose disk is really full would panic over its log.
   */
  async fillDisk(isFull = true): Promise<void> {
    this.#isFull = isFull;
    await this.#write();
  }

  async #write(): Promise<void> {
    const { usual, known, replicator } = this.#options;
    await this.server.configure({
      ...usual,
      ...settingsIn(this.#parameters, known),
      ...(this.#link && { primary_conninfo: conninfo(this.#link.gate, replicator, this.id) }),
      ...(this.#replayDelay > 0 && { recovery_min_apply_delay: `${Math.round(this.#replayDelay)}ms` }),
      ...(this.#isFull && { default_transaction_read_only: 'on' }),
    });
  }
}

function conninfo({ host, port }: Gate, { user, password }: PostgresMemberOptions['replicator'], name: string): string {
  return `host=${host} port=${port} user=${user} password=${password} application_name=${name} sslmode=disable`;
}
