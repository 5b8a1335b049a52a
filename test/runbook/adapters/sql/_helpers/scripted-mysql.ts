import { once } from 'node:events';
import { createServer as listen, type AddressInfo, type Server } from 'node:net';
import { createServer } from 'mysql2';

/** What a statement is answered with: rows, a refusal by its number, or nothing at all. */
export type MysqlAnswer =
  | readonly Readonly<Record<string, string | number | null>>[]
  | { readonly refusal: number; readonly sqlState?: string }
  | 'done'
  | 'silence';

/** Answers by how a statement begins, its white space made single. What is not there is a syntax error. */
export type MysqlScript = Readonly<Record<string, MysqlAnswer>>;

/** The server's half of mysql2's connection, which its types leave out. */
interface ServerConnection {
  /** Of the next packet: an answer goes on from its statement's, which is 0. mysql2 leaves it to its servers. */
  sequenceId: number;
  on(event: 'query', listener: (statement: string) => void): void;
  on(event: 'error', listener: () => void): void;
  serverHandshake(args: Readonly<Record<string, unknown>>): void;
  writeTextResult(rows: readonly object[], columns: readonly object[]): void;
  writeOk(): void;
  writeError(args: { readonly message: string; readonly code: number; readonly sqlState?: string }): void;
}

/** A server that speaks MySQL's protocol and knows only its script. */
export class ScriptedMysql {
  script: MysqlScript;
  readonly statements: string[] = [];
  refusesLogin = false;
  readonly #tcp: Server;
  readonly #mysql = createServer(() => undefined) as unknown as {
    _handleConnection(socket: unknown): void;
    on(event: 'connection', listener: (connection: ServerConnection) => void): void;
  };
  #sockets = 0;

  private constructor(script: MysqlScript) {
    this.script = script;
    this.#mysql.on('connection', (connection) => this.#serve(connection));
    this.#tcp = listen((socket) => {
      this.#sockets += 1;
      socket.setNoDelay(true);
      socket.on('close', () => (this.#sockets -= 1));
      this.#mysql._handleConnection(socket);
    });
  }

  static async open(script: MysqlScript): Promise<ScriptedMysql> {
    const server = new ScriptedMysql(script);
    server.#tcp.listen(0, '127.0.0.1');
    await once(server.#tcp, 'listening');
    return server;
  }

  get port(): number {
    return (this.#tcp.address() as AddressInfo).port;
  }

  /** Connections that are open. */
  get sessions(): number {
    return this.#sockets;
  }

  async close(): Promise<void> {
    this.#tcp.close();
    await once(this.#tcp, 'close');
  }

  #serve(connection: ServerConnection): void {
    connection.on('error', () => undefined);
    connection.on('query', (statement) => this.#answer(connection, statement.replaceAll(/\s+/g, ' ').trim()));
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.4.7',
      connectionId: 1,
      statusFlags: 2,
      characterSet: 8,
      // All except TLS and compression.
      capabilityFlags: 0xffffff & ~0x820,
      authCallback: (_: unknown, done: (error: null, refusal?: object) => void) => {
        if (this.refusesLogin) done(null, { message: 'Access denied', code: 1045 });
        else done(null);
        connection.sequenceId = 0;
      },
    });
  }

  #answer(connection: ServerConnection, statement: string): void {
    this.statements.push(statement);
    connection.sequenceId = 1;
    const key = Object.keys(this.script).find((beginning) => statement.startsWith(beginning));
    const answer = key === undefined ? { refusal: 1064 } : this.script[key];
    if (answer === undefined || answer === 'silence') return;
    if (answer === 'done') connection.writeOk();
    else if ('refusal' in answer) {
      connection.writeError({ code: answer.refusal, message: 'no', sqlState: answer.sqlState ?? 'HY000' });
    } else connection.writeTextResult(answer, columnsOf(answer[0] ?? { none: null }));
    connection.sequenceId = 0;
  }
}

/** All as texts: that is how MySQL sends its rows. */
function columnsOf(row: object): readonly object[] {
  return Object.keys(row).map((name) => ({
    ...{ catalog: 'def', schema: '', table: '', orgTable: '', name, orgName: name },
    ...{ characterSet: 33, columnLength: 1024, columnType: 253, flags: 0, decimals: 0 },
  }));
}
