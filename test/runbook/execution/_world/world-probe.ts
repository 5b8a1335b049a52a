import type { DatabaseProbe, DataPlaneSighting, Question } from '../../../../lib/runbook/execution/ports';
import type { Cloud } from './cloud';
import type { Server } from './server';
import type { WorldClock } from './world-clock';

/** How long a question to nobody takes. */
const SILENCE = 2;

/** The databases, asked from the Region that is recovered in: what is cut off from there does not answer. */
export class WorldProbe implements DatabaseProbe {
  isConnected = true;
  /** Regions whose databases cannot be reached from here. */
  readonly cut = new Set<string>();
  /** Members that cannot. */
  readonly isolated = new Set<string>();
  /** Whoever answers, but lets nobody log in. */
  readonly hanging = new Set<string>();
  /** Every question to a database, answered or not. */
  readonly asked: { readonly at: number; readonly region: string }[] = [];
  readonly #cloud: Cloud;
  readonly #clock: WorldClock;

  constructor(cloud: Cloud, clock: WorldClock) {
    this.#cloud = cloud;
    this.#clock = clock;
  }

  async ask(question: Question): Promise<DataPlaneSighting> {
    const id = question.member;
    const server = await this.#reach(question);
    if (server === undefined) return { id, dataPlane: 'unreachable', acceptsWrites: 'unknown' };
    if (this.hanging.has(id)) return { id, dataPlane: 'reachable', acceptsWrites: 'unknown' };
    const isBytes = server.engine === 'postgres';
    // As the real ones: who follows nobody and is not the primary has a log of its own.
    const isStranger = server.isPrimary && id !== question.topology.primary;
    const appliedTo = isStranger ? undefined : server.log.at(-1)?.at;
    const position = {
      appliedTo: appliedTo ?? 0,
      error: 1,
      ordinal: server.log.length,
      unit: isBytes ? ('bytes' as const) : ('transactions' as const),
      token: `log ${server.log.length}`,
      source: 'sql' as const,
    };
    return {
      id,
      dataPlane: 'reachable',
      acceptsWrites: server.isPrimary && !server.isReadOnly ? 'yes' : 'no',
      ...(appliedTo === undefined ? {} : { position }),
      ...(server.isPrimary ? {} : { isFollowing: server.isReplicating }),
      ...(server.isPrimary || server.lastHeard === undefined ? {} : { lastHeard: server.lastHeard }),
    };
  }

  async tryWrite(question: Question): Promise<'yes' | 'no' | 'unknown'> {
    const server = await this.#reach(question);
    if (server === undefined || this.hanging.has(question.member)) return 'unknown';
    return server.letsWrite ? 'yes' : 'no';
  }

  async #reach({ member }: Question): Promise<Server | undefined> {
    const server = this.#cloud.instances.get(member)?.server;
    if (server === undefined) return undefined;
    this.asked.push({ at: this.#clock.now(), region: server.region });
    const isCut = this.cut.has(server.region) || this.isolated.has(member);
    if (!isCut && server.isUp && server.quarantinedAt === undefined) return server;
    await this.#clock.wait(SILENCE);
    return undefined;
  }
}
