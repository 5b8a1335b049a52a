import { randomInt } from 'node:crypto';
import { UnderstudyError } from '../../topology';
import { Gate, type GateState } from './gate';

export interface LoopbackOptions {
  /** All from which somebody may come. */
  readonly regions: readonly string[];
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The ways to one server: a gate for each Region from which somebody may come. */
export interface Doors {
  readonly host: string;
  readonly gates: readonly Gate[];
  /** New connections are refused, from wherever. */
  shut: boolean;
  drop(): void;
  close(): Promise<void>;
}

/** Addresses that are tried for one server before it is given up. */
const ATTEMPTS = 20;

/**
 * The network between Regions, on this machine alone.
 *
 * Every server has an address of its own in 127.0.0.0/8, and every Region a port, the same on all servers: the port says from
 * where somebody comes. So a host name alone tells a client which server is meant, as it does in a cloud, and a Region can
 * be cut off while its own clients still reach what is in it.
 */
export class Loopback {
  readonly #regions: readonly string[];
  /** Random, so that two who run at the same time are not in each other's way. */
  readonly #net = `127.${randomInt(1, 255)}.${randomInt(0, 256)}`;
  readonly #ports = new Map<string, number>();
  readonly #doors = new Set<{
    readonly region: string;
    readonly refresh: () => void;
    readonly close: () => Promise<void>;
  }>();
  readonly #cuts = new Set<string>();
  #hosts = 0;

  constructor({ regions }: LoopbackOptions) {
    this.#regions = [...new Set(regions)];
  }

  /** Where a server is found by whoever comes from a Region. @throws UnderstudyError `no-such-region` */
  addressFrom(region: string, host: string): Address {
    const port = this.#ports.get(region);
    if (port !== undefined) return { host, port };
    throw new UnderstudyError(
      'no-such-region',
      `nobody comes from ${region}; allowed: ${this.#regions.join(', ')}; name one of them`,
    );
  }

  /** True while nothing passes between the two. */
  isCut(from: string, to: string): boolean {
    return from !== to && (this.#cuts.has(from) || this.#cuts.has(to));
  }

  cut(region: string): void {
    this.#cuts.add(region);
    this.#refresh();
  }

  reconnect(region: string): void {
    this.#cuts.delete(region);
    this.#refresh();
  }

  /** Opens a server's doors. @param target path of its socket; undefined while there is none */
  async admit(region: string, target: () => string | undefined): Promise<Doors> {
    const { host, gates } = await this.#find(target);
    let shut = false;
    const refresh = (): void => {
      for (const [from, gate] of gates) gate.state = this.#stateOf(from, region, shut);
    };
    refresh();
    const close = async (): Promise<void> => {
      this.#doors.delete(entry);
      await Promise.all([...gates.values()].map((gate) => gate.close()));
    };
    const entry = { region, refresh, close };
    this.#doors.add(entry);
    return {
      host,
      gates: [...gates.values()],
      get shut() {
        return shut;
      },
      set shut(is: boolean) {
        shut = is;
        refresh();
      },
      drop: () => gates.forEach((gate) => gate.drop()),
      close,
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#doors].map(({ close }) => close()));
  }

  #stateOf(from: string, to: string, shut: boolean): GateState {
    if (this.isCut(from, to)) return 'cut';
    return shut ? 'closed' : 'open';
  }

  #refresh(): void {
    for (const { refresh } of this.#doors) refresh();
  }

  async #find(target: () => string | undefined): Promise<{ host: string; gates: ReadonlyMap<string, Gate> }> {
    let problem = '';
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      this.#hosts += 1;
      const host = `${this.#net}.${this.#hosts}`;
      const gates = new Map<string, Gate>();
      try {
        for (const region of this.#regions) {
          const port = this.#ports.get(region);
          const gate = await Gate.open({ target, host, ...(port === undefined ? {} : { port }) });
          gates.set(region, gate);
        }
        for (const [region, { port }] of gates) this.#ports.set(region, port);
        return { host, gates };
      } catch (error) {
        await Promise.all([...gates.values()].map((gate) => gate.close()));
        problem = (error as Error).message;
      }
    }
    // macOS has 127.0.0.1 alone, unless others are added with ifconfig lo0 alias.
    throw new UnderstudyError(
      'loopback-refused',
      `no address of ${this.#net}.0/24 can be listened on (${problem}); allowed: a machine on which all of 127.0.0.0/8 is its own, as Linux has it; run it there`,
    );
  }
}
