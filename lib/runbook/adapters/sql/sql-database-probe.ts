import { isUnderstudyError, type EngineName, type MemberId, type Topology } from '../../../topology';
import type { Obstacle } from '../../decision';
import type { DatabaseProbe, DataPlaneSighting, Question } from '../../execution/ports';
import { AURORA_MYSQL, AURORA_POSTGRES } from './aurora-engines';
import { USUAL_BOUNDS, type Bounds } from './bounds';
import { MasterCredentials, type Credentials, type MasterSecret } from './master-credentials';
import { MARIADB, MYSQL } from './mysql-engine';
import { obstacleOf, pausedObstacle, secretObstacle } from './obstacle-of';
import { overSocket } from './over-socket';
import { POSTGRES } from './postgres-engine';
import { isProbeFailure, type ProbeFailure } from './probe-failure';
import { reachTcp } from './reach-tcp';
import type { SqlEngine, SqlSession } from './sql-engine';
import { trustFor, type SoleTrust, type TlsMode, type Trust } from './trust';

/** The engines that are asked by SQL. Of the others it is only seen whether somebody takes connections. */
const ENGINES: Readonly<Partial<Record<EngineName, SqlEngine>>> = {
  postgres: POSTGRES,
  mysql: MYSQL,
  mariadb: MARIADB,
  'aurora-postgresql': AURORA_POSTGRES,
  'aurora-mysql': AURORA_MYSQL,
};

export interface SqlDatabaseProbeOptions {
  /** False: there is no way from here to the databases. Nothing is asked then. */
  readonly isConnected: boolean;
  /** The master user's secret. Undefined: nobody can log in. */
  readonly credentials?: MasterSecret;
  /** @default 'rds' */
  readonly tls?: TlsMode;
  /** CA certificates, as PEM, that are trusted instead of Amazon's. @default Amazon's */
  readonly authorities?: readonly string[];
  /** Whom to trust instead of all that, for each question. @throws ProbeFailure `not asked` when nobody can tell */
  readonly trustOf?: (question: Question) => Promise<Trust | SoleTrust>;
  /** For each question: to connect, and in all. @default 2 s to connect, 10 s in all */
  readonly bounds?: Bounds;
}

type Written = DataPlaneSighting['acceptsWrites'];

/**
 * Asks the databases by SQL.
 *
 * It never throws because of a database or of the secret: what is not known is `unknown`. Nobody gets an answer of before: each
 * question is a connection of its own.
 */
export class SqlDatabaseProbe implements DatabaseProbe {
  readonly isConnected: boolean;
  readonly #options: SqlDatabaseProbeOptions;
  readonly #bounds: Bounds;
  readonly #credentials: MasterCredentials | undefined;
  readonly #noticed = new Map<MemberId, Obstacle>();

  constructor(options: SqlDatabaseProbeOptions) {
    this.#options = options;
    this.isConnected = options.isConnected;
    this.#bounds = options.bounds ?? USUAL_BOUNDS;
    this.#credentials = options.credentials && new MasterCredentials(options.credentials);
  }

  /** @throws UnderstudyError `tls-off-refused` */
  async ask(question: Question): Promise<DataPlaneSighting> {
    const { member: id } = question;
    const unknown = { id, dataPlane: 'unknown', acceptsWrites: 'unknown' } as const;
    if (!this.isConnected) return unknown;
    try {
      const told = await this.#converse(question, (engine, session) => engine.ask(session, question));
      if (told === undefined) return { ...unknown, dataPlane: await reachTcp(question.address, this.#bounds) };
      const { isPaused, ...sighting } = told;
      this.#notice(id, isPaused === true ? pausedObstacle(id) : undefined);
      return { id, dataPlane: 'reachable', ...sighting };
    } catch (error) {
      if (!isProbeFailure(error)) throw error;
      this.#notice(id, obstacleOf(id, error));
      return { ...unknown, dataPlane: REACH[error.kind] };
    }
  }

  /** @throws UnderstudyError `tls-off-refused` */
  async tryWrite(question: Question): Promise<Written> {
    if (!this.isConnected) return 'unknown';
    try {
      return (await this.#converse(question, (engine, session) => engine.tryWrite(session))) ?? 'unknown';
    } catch (error) {
      if (!isProbeFailure(error)) throw error;
      this.#notice(question.member, obstacleOf(question.member, error));
      return 'unknown';
    }
  }

  async obstacles({ engine }: Topology): Promise<readonly Obstacle[]> {
    if (!this.isConnected || ENGINES[engine.name] === undefined) return [];
    const unreadable = await secretObstacle(this.#credentials);
    return [...(unreadable === undefined ? [] : [unreadable]), ...this.#noticed.values()];
  }

  /** Undefined: there is no SQL for that engine, or nobody who could log in. */
  async #converse<T>(
    question: Question,
    talk: (engine: SqlEngine, session: SqlSession) => Promise<T>,
  ): Promise<T | undefined> {
    const engine = ENGINES[question.topology.engine.name];
    const { tls = 'rds', authorities, trustOf } = this.#options;
    const credentials = engine && (await orNobody(this.#credentials?.read()));
    const trust = (await trustOf?.(question)) ?? trustFor(question.address.host, tls, authorities);
    if (engine === undefined || credentials === undefined) return undefined;
    const as = (who: Credentials, bounds: Bounds): Promise<T> =>
      overSocket(bounds, async (socket) => {
        const session = await engine.open({ question, credentials: who, trust, socket, bounds });
        try {
          return await talk(engine, session);
        } finally {
          session.end();
        }
      });
    const began = performance.now();
    try {
      return await as(credentials, this.#bounds);
    } catch (error) {
      if (!isProbeFailure(error) || error.kind !== 'login refused') throw error;
      const others = await orNobody(this.#credentials?.readAgain(credentials));
      const left = this.#bounds.whole - (performance.now() - began) / 1000;
      if (others === undefined || isSame(others, credentials) || left <= 0) throw error;
      return as(others, { connect: Math.min(left, this.#bounds.connect), whole: left });
    }
  }

  #notice(member: MemberId, obstacle: Obstacle | undefined): void {
    if (obstacle === undefined) this.#noticed.delete(member);
    else this.#noticed.set(member, obstacle);
  }
}

/** Who says no is there. Only a silence is a silence: a wrong certificate, or a name that we could not look up, is none. */
const REACH: Readonly<Record<ProbeFailure['kind'], DataPlaneSighting['dataPlane']>> = {
  unanswered: 'unreachable',
  'login refused': 'reachable',
  refused: 'reachable',
  'not trusted': 'unknown',
  'not asked': 'unknown',
};

/** Why the secret cannot be read is told by the obstacles. */
async function orNobody(reading: Promise<Credentials> | undefined): Promise<Credentials | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    return undefined;
  }
}

const isSame = (a: Credentials, b: Credentials): boolean => a.username === b.username && a.password === b.password;
