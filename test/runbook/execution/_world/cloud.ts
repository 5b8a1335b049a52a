import { UnderstudyError } from '../../../../lib/topology';
import { instanceOf, type Instance } from './instance';
import { Server, type ServerOptions } from './server';
import type { WorldClock } from './world-clock';

/** How many seconds things take. */
export interface Times {
  /** A promoted replica still says `available`, and follows on. */
  readonly promotionLinger: number;
  readonly promotion: number;
  /** A promoted instance, available again, still names its source. */
  readonly sourceLinger: number;
  readonly restart: number;
  /** Until a changed parameter or security group has its effect. */
  readonly settling: number;
  readonly creation: number;
  /** Until the cloud notices that a server died. */
  readonly notice: number;
  /** A call to a Region that is silent. */
  readonly silence: number;
}

export const TIMES: Times = {
  promotionLinger: 12,
  promotion: 30,
  sourceLinger: 8,
  restart: 6,
  settling: 5,
  creation: 30,
  notice: 30,
  silence: 10,
};

/** The cloud's API: it takes calls, and what they do happens later. */
export class Cloud {
  readonly instances = new Map<string, Instance>();
  readonly silent = new Set<string>();
  /** Every call that went out to a Region, answered or not. */
  readonly calls: { readonly at: number; readonly region: string; readonly action: string; readonly id: string }[] = [];
  readonly promotions: string[] = [];
  /** A member of that id ends `failed` when it is promoted. */
  readonly breaking = new Set<string>();
  readonly #clock: WorldClock;
  readonly #times: Times;
  readonly #later: { readonly at: number; readonly happen: () => void }[] = [];

  constructor(clock: WorldClock, times: Times) {
    this.#clock = clock;
    this.#times = times;
  }

  live(now: number): void {
    if (this.#later.every(({ at }) => at > now)) return;
    const due = this.#later.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
    for (const each of due) {
      this.#later.splice(this.#later.indexOf(each), 1);
      each.happen();
    }
  }

  add(options: ServerOptions, source: string | undefined, retention: number): Instance {
    const instance = instanceOf(new Server(options), source, retention);
    this.instances.set(options.id, instance);
    return instance;
  }

  /** A server dies; the cloud notices. */
  kill(id: string): void {
    const instance = this.#at(id);
    instance.server.isUp = false;
    this.#in(this.#times.notice, () => {
      if (instance.server.isUp) return;
      instance.status = 'stopped';
      instance.stoppedAt = this.#clock.now();
    });
  }

  async describe(id: string): Promise<Instance> {
    await this.#reach(id, 'describe');
    return this.#at(id);
  }

  async promote(id: string, retention: number): Promise<void> {
    const instance = await this.#available(id, 'promote');
    if (instance.source === undefined) throw refused(`${id} follows nobody`);
    const { promotionLinger, promotion, sourceLinger } = this.#times;
    this.promotions.push(id);
    this.#in(promotionLinger, () => (instance.status = 'modifying'));
    this.#in(promotionLinger + promotion, () => {
      if (this.breaking.has(id) || !instance.server.isUp) {
        instance.status = 'failed';
        instance.server.isUp = false;
        return;
      }
      instance.server.becomePrimary();
      instance.server.bootedAt = this.#clock.now();
      instance.status = 'available';
      instance.retention = retention;
    });
    this.#in(promotionLinger + promotion + sourceLinger, () => {
      if (instance.server.isPrimary) delete instance.source;
    });
  }

  async setReadOnly(id: string, isReadOnly: boolean): Promise<void> {
    const instance = await this.#available(id, 'set-read-only');
    instance.isReadOnly = isReadOnly;
  }

  async restart(id: string): Promise<void> {
    const shown = await this.#available(id, 'restart');
    const { server } = shown;
    shown.status = 'rebooting';
    server.isUp = false;
    this.#in(this.#times.restart, () => {
      if (shown.status !== 'rebooting') return;
      server.isUp = true;
      server.bootedAt = this.#clock.now();
      server.isReadOnly = shown.isReadOnly;
      shown.status = 'available';
    });
  }

  async quarantine(id: string, isQuarantined: boolean): Promise<void> {
    const instance = await this.#available(id, 'quarantine');
    instance.isQuarantined = isQuarantined;
    instance.isSettled = false;
    this.#in(this.#times.settling, () => {
      if (isQuarantined) instance.server.quarantinedAt ??= this.#clock.now();
      else delete instance.server.quarantinedAt;
      instance.isSettled = true;
    });
  }

  async keepBackups(id: string, days: number): Promise<void> {
    const instance = await this.#available(id, 'keep-backups');
    this.#in(this.#times.settling, () => (instance.retention = days));
  }

  async tag(id: string, tag: string): Promise<void> {
    await this.#reach(id, 'tag');
    this.#at(id).tags.add(tag);
  }

  async createReplica(id: string, source: string, options: Omit<ServerOptions, 'id' | 'bootedAt'>): Promise<void> {
    const { server, retention } = await this.#available(source, 'create-replica');
    if (this.instances.has(id)) throw refused(`${id} is there already`);
    if (retention === 0) throw refused(`${source} keeps no backups`);
    const instance = this.add({ ...options, id, bootedAt: this.#clock.now() }, source, 0);
    instance.status = 'creating';
    instance.server.isUp = false;
    this.#in(this.#times.creation, () => {
      instance.server.isUp = true;
      instance.server.follows = server;
      instance.status = 'available';
    });
  }

  async #available(id: string, action: string): Promise<Instance> {
    await this.#reach(id, action);
    const instance = this.#at(id);
    if (instance.status !== 'available') throw refused(`${id} is ${instance.status}`);
    return instance;
  }

  async #reach(id: string, action: string): Promise<void> {
    const { region } = this.#at(id).server;
    this.calls.push({ at: this.#clock.now(), region, action, id });
    if (!this.silent.has(region)) return;
    await this.#clock.wait(this.#times.silence);
    throw new UnderstudyError('silent', `${region} does not answer`, { family: 'unknown' });
  }

  #in(seconds: number, happen: () => void): void {
    this.#later.push({ at: this.#clock.now() + seconds, happen });
  }

  #at(id: string): Instance {
    const instance = this.instances.get(id);
    if (instance === undefined) throw refused(`there is no ${id}`);
    return instance;
  }
}

function refused(problem: string): UnderstudyError {
  return new UnderstudyError('refused', problem);
}
