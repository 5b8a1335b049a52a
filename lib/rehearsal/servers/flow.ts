import type { Socket } from 'node:net';

/** Bytes that wait here before the sender is kept waiting. */
const MOST = 1 << 20;

interface Parcel {
  readonly due: number;
  /** Undefined: the sender has ended. */
  readonly data: Buffer | undefined;
}

/** All that one side of a connection sends to the other, in its order: perhaps later, perhaps not for now. */
export class Flow {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #delay: () => number;
  readonly #parcels: Parcel[] = [];
  #waiting = 0;
  #isHeld = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, delay: () => number = () => 0) {
    this.#from = from;
    this.#to = to;
    this.#delay = delay;
    from.on('data', (data: Buffer) => this.#take(data));
    // An error is an end, too: what came before it still goes over.
    from.on('error', () => undefined).on('close', () => this.#take(undefined));
    to.on('drain', () => this.#deliver());
  }

  /** While it is held, nothing passes, and nobody is told that somebody went. */
  set isHeld(isHeld: boolean) {
    this.#isHeld = isHeld;
    this.#deliver();
  }

  #take(data: Buffer | undefined): void {
    this.#parcels.push({ due: performance.now() + this.#delay(), data });
    this.#waiting += data?.length ?? 0;
    if (this.#waiting > MOST) this.#from.pause();
    this.#deliver();
  }

  #deliver(): void {
    clearTimeout(this.#timer);
    while (!this.#isHeld && !this.#to.writableNeedDrain) {
      const [next] = this.#parcels;
      if (next === undefined) break;
      const early = next.due - performance.now();
      if (early > 0) {
        this.#timer = setTimeout(() => this.#deliver(), early);
        break;
      }
      this.#parcels.shift();
      if (next.data === undefined) this.#to.end();
      else if (this.#to.writable) this.#to.write(next.data);
      this.#waiting -= next.data?.length ?? 0;
    }
    if (this.#waiting <= MOST / 2) this.#from.resume();
  }
}
