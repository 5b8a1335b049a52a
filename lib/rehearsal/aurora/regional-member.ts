import type { PostgresMember } from '../postgres/postgres-member';
import type { DatabaseMember, DatabaseServer } from '../servers/database-member';
import type { DatabaseSession } from '../servers/database-session';
import type { Doors } from '../servers/loopback';
import type { ClusterUnit } from './cluster-unit';

/** A whole cluster as one member of a global database: what happens to it happens to all of its servers. */
export class RegionalMember implements DatabaseMember {
  readonly region: string;
  readonly id: string;
  readonly doors: Doors;
  readonly #unit: ClusterUnit;
  readonly #primary: () => RegionalMember | undefined;

  /** @param primary of the global database, as it is then */
  constructor(unit: ClusterUnit, primary: () => RegionalMember | undefined) {
    ({ region: this.region, id: this.id, writerDoors: this.doors } = unit);
    [this.#unit, this.#primary] = [unit, primary];
  }

  get server(): DatabaseServer {
    const { servers, needHead } = this.#unit;
    const { server: head } = needHead;
    return {
      ...{ folder: head.folder, isRunning: head.isRunning, pid: head.pid },
      start: () => each(servers, ({ server }) => server.start()),
      stop: (how) => each(servers, ({ server }) => server.stop(how)),
    };
  }

  get source(): DatabaseMember | undefined {
    return this.#unit.isPrimary ? undefined : this.#primary();
  }

  administer(patience?: number): Promise<DatabaseSession> {
    return this.#unit.needHead.administer(patience);
  }

  kill(): Promise<void> {
    return each(this.#unit.servers, (server) => server.kill());
  }

  freeze(): void {
    for (const server of this.#unit.servers) server.freeze();
  }

  thaw(): void {
    for (const server of this.#unit.servers) server.thaw();
  }

  slowLink(milliseconds: number): void {
    this.#unit.head?.slowLink(milliseconds);
  }

  async delayReplay(milliseconds: number): Promise<void> {
    await this.#unit.head?.delayReplay(milliseconds);
  }

  breakReplication(): void {
    this.#unit.head?.breakReplication();
  }

  mendReplication(): void {
    this.#unit.head?.mendReplication();
  }

  async fillDisk(isFull?: boolean): Promise<void> {
    await this.#unit.head?.fillDisk(isFull);
  }
}

async function each(servers: readonly PostgresMember[], act: (server: PostgresMember) => Promise<void>): Promise<void> {
  await Promise.all(servers.map(act));
}
