import type { Instance } from './instance';
import type { Server, Write } from './server';

/** Who writes on a member's own host whatever the endpoints say, over one connection for as long as that lives. */
export interface Stubborn {
  readonly member: string;
  /** Seconds between two writes. */
  readonly every: number;
  /** It also writes where it is told that nobody should: a privileged user. */
  readonly insists: boolean;
}

interface Session {
  readonly server: Server;
  readonly bootedAt: number;
}

/** The applications: one finds the writer by its endpoint each time, others are stubborn. All that was acknowledged to them. */
export class Clients {
  readonly acknowledged: Write[] = [];
  /** Seconds between two writes of the one that behaves. */
  every = 1;
  readonly #stubborn: readonly Stubborn[];
  readonly #sessions = new Map<Stubborn, Session>();

  constructor(stubborn: readonly Stubborn[]) {
    this.#stubborn = stubborn;
  }

  /** @param host where the writer's endpoint leads to */
  live(now: number, instances: ReadonlyMap<string, Instance>, host: string): void {
    if (now % this.every === 0) {
      for (const { server } of instances.values()) {
        if (server.host === host && server.letsWrite) this.#write(now, server);
      }
    }
    for (const client of this.#stubborn) {
      const server = instances.get(client.member)?.server;
      if (server !== undefined && now % client.every === 0) this.#insist(now, client, server);
    }
  }

  #insist(now: number, client: Stubborn, server: Server): void {
    const { bootedAt } = this.#sessions.get(client) ?? {};
    if (bootedAt !== server.bootedAt || !server.isUp) {
      this.#sessions.delete(client);
      if (!server.isUp || server.quarantinedAt !== undefined) return;
      this.#sessions.set(client, { server, bootedAt: server.bootedAt });
    }
    if (server.isPrimary && (client.insists || !server.isReadOnly)) this.#write(now, server);
  }

  #write(now: number, server: Server): void {
    const write: Write = { id: this.acknowledged.length + 1, at: now, member: server.id };
    server.log.push(write);
    this.acknowledged.push(write);
  }
}
