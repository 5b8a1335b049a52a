import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Flow } from './flow';

/**
 * How a gate treats who comes.
 *
 * `open`: in. `closed`: new connections are refused, those that are there live on, as after a change of a security group in
 * EC2. `cut`: nothing passes, not on old connections either, and nobody is told.
 */
export type GateState = 'open' | 'closed' | 'cut';

export interface GateOptions {
  /** Path of the server's socket; undefined while there is none. */
  readonly target: () => string | undefined;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** @default one that is free */
  readonly port?: number;
}

/** Milliseconds after which whoever comes to what is cut off, and gets no connection, is sent away. */
const NO_CONNECTION = 400;

interface Passage {
  readonly visitor: Socket;
  readonly host: Socket;
  readonly flows: readonly Flow[];
}

/** A TCP port of this machine behind which one server stands: its endpoint. */
export class Gate {
  readonly #server: Server;
  readonly #target: GateOptions['target'];
  readonly #passages = new Set<Passage>();
  #state: GateState = 'open';
  #delay = 0;

  private constructor({ target }: GateOptions) {
    this.#target = target;
    this.#server = createServer((visitor) => this.#receive(visitor));
  }

  static async open(options: GateOptions): Promise<Gate> {
    const gate = new Gate(options);
    gate.#server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
    await once(gate.#server, 'listening');
    return gate;
  }

  get host(): string {
    return (this.#server.address() as AddressInfo).address;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many are through it now. */
  get passages(): number {
    return this.#passages.size;
  }

  get state(): GateState {
    return this.#state;
  }

  set state(state: GateState) {
    this.#state = state;
    for (const passage of this.#passages) hold(passage, state === 'cut');
  }

  /** Milliseconds by which everything that the server sends comes later. */
  set delay(milliseconds: number) {
    this.#delay = milliseconds;
  }

  /** Ends all sessions. */
  drop(): void {
    for (const { visitor, host } of this.#passages) {
      visitor.destroy();
      host.destroy();
    }
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.drop();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #receive(visitor: Socket): void {
    const target = this.#target();
    visitor.on('error', () => undefined);
    if (this.#state === 'closed' || (target === undefined && this.#state === 'open')) {
      visitor.resetAndDestroy();
      return;
    }
    // What is cut off takes connections here, and says no word: the machine's own TCP answers for it. Nobody waits long for one.
    if (this.#state === 'cut') this.#turnAway(visitor);
    const host = createConnection(target ?? '/nowhere');
    visitor.setNoDelay(true);
    const flows = [new Flow(visitor, host), new Flow(host, visitor, () => this.#delay)];
    const passage: Passage = { visitor, host, flows };
    this.#passages.add(passage);
    const gone = (): void => {
      if (visitor.destroyed && host.destroyed) this.#passages.delete(passage);
    };
    visitor.on('close', gone);
    host.on('close', gone);
    hold(passage, this.#state === 'cut');
  }

  #turnAway(visitor: Socket): void {
    const look = (): void => {
      if (this.#state === 'cut' && visitor.bytesWritten === 0) visitor.resetAndDestroy();
    };
    const timer = setTimeout(look, NO_CONNECTION);
    visitor.on('close', () => clearTimeout(timer));
  }
}

function hold({ flows }: Passage, isHeld: boolean): void {
  for (const flow of flows) flow.isHeld = isHeld;
}
