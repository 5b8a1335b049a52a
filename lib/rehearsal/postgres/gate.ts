import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/**
 * How a gate treats who comes.
 *
 * `open`: in. `closed`: new connections are refused, those that are there live on, as after a change of a security group in
 * EC2. `cut`: nothing passes, not on old connections either, and nobody is told.
 */
export type GateState = 'open' | 'closed' | 'cut';

/** A TCP port of this machine behind which one server stands: its endpoint. */
export class Gate {
  readonly #server: Server;
  readonly #target: () => string | undefined;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #state: GateState = 'open';
  #delay = 0;

  private constructor(target: () => string | undefined) {
    this.#target = target;
    this.#server = createServer((visitor) => this.#receive(visitor));
  }

  /** @param target path of the server's socket; undefined while there is none */
  static async open(target: () => string | undefined): Promise<Gate> {
    const gate = new Gate(target);
    gate.#server.listen(0, '127.0.0.1');
    await once(gate.#server, 'listening');
    return gate;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get state(): GateState {
    return this.#state;
  }

  set state(state: GateState) {
    this.#state = state;
    for (const pair of this.#pairs) for (const socket of pair) state === 'cut' ? socket.pause() : socket.resume();
  }

  /** Milliseconds by which everything that the server sends comes later. */
  set delay(milliseconds: number) {
    this.#delay = milliseconds;
  }

  /** Ends all sessions. */
  drop(): void {
    for (const [visitor, host] of this.#pairs) {
      visitor.destroy();
      host.destroy();
    }
  }

  async close(): Promise<void> {
    this.drop();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #receive(visitor: Socket): void {
    const target = this.#target();
    visitor.on('error', () => visitor.destroy());
    if (this.#state === 'closed' || target === undefined) {
      visitor.resetAndDestroy();
      return;
    }
    const host = createConnection(target);
    const pair = [visitor, host] as const;
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      visitor.destroy();
      host.destroy();
    };
    host.on('error', end).on('close', end);
    visitor.on('close', end);
    visitor.pipe(host);
    host.pipe(new Delay(() => this.#delay)).pipe(visitor);
    if (this.#state === 'cut') for (const socket of pair) socket.pause();
  }
}

/** Lets everything pass in its order, a while later. */
class Delay extends Transform {
  readonly #delay: () => number;

  constructor(delay: () => number) {
    super({ highWaterMark: 1 << 20 });
    this.#delay = delay;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error: null, data: Buffer) => void): void {
    const delay = this.#delay();
    if (delay === 0) done(null, chunk);
    else setTimeout(() => done(null, chunk), delay);
  }
}
