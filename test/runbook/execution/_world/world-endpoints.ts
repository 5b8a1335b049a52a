import type { Obstacle } from '../../../../lib/runbook/decision';
import type {
  Destination,
  Endpoint,
  EndpointRole,
  Endpoints,
  Procedure,
} from '../../../../lib/runbook/execution/ports';
import type { WorldClock } from './world-clock';

const SETTLING = 2;

/** One name in a store of the Region that is recovered in: what is written is read a little later. */
export class WorldEndpoint implements Endpoint {
  readonly id: string;
  readonly role: EndpointRole;
  /** Writing it is refused. */
  isLocked = false;
  #value: string;
  #written: { readonly value: string; readonly at: number };
  readonly #clock: WorldClock;

  constructor(role: EndpointRole, value: string, clock: WorldClock) {
    this.id = `/orders/${role}`;
    this.role = role;
    this.#value = value;
    this.#written = { value, at: clock.now() };
    this.#clock = clock;
  }

  get value(): string {
    if (this.#clock.now() >= this.#written.at + SETTLING) this.#value = this.#written.value;
    return this.#value;
  }

  read(): Promise<string> {
    return Promise.resolve(this.value);
  }

  point({ address }: Destination): Procedure {
    return this.#write(address.host);
  }

  goBack(to: string): Procedure {
    return this.#write(to);
  }

  #write(value: string): Procedure {
    return {
      next: () => {
        if (this.isLocked) return Promise.resolve({ kind: 'stuck', problem: `${this.id} cannot be written` });
        if (this.value === value && this.#written.value === value)
          return Promise.resolve({ kind: 'done', proof: `${this.id} says ${value}` });
        if (this.#written.value === value) return Promise.resolve({ kind: 'wait', title: this.id, seconds: 1 });
        const call = (): Promise<void> => {
          this.#value = this.value;
          this.#written = { value, at: this.#clock.now() };
          return Promise.resolve();
        };
        return Promise.resolve({ kind: 'do', id: 'write', title: `write ${this.id}`, call });
      },
    };
  }
}

export class WorldEndpoints implements Endpoints {
  readonly writer: WorldEndpoint;
  readonly reader: WorldEndpoint;
  readonly found: Obstacle[] = [];

  constructor(writer: string, reader: string, clock: WorldClock) {
    this.writer = new WorldEndpoint('writer', writer, clock);
    this.reader = new WorldEndpoint('reader', reader, clock);
  }

  /** Readers first: the execution has to put writers first itself. */
  get all(): readonly WorldEndpoint[] {
    return [this.reader, this.writer];
  }

  obstacles(): Promise<readonly Obstacle[]> {
    return Promise.resolve(this.found);
  }
}
