import { isUnderstudyError, type MemberId } from '../../../../lib/topology';
import type { Attempt, Procedure, Step } from '../../../../lib/runbook/execution/ports';
import type { Cloud } from './cloud';
import type { Instance } from './instance';
import type { WorldClock } from './world-clock';

interface Stage {
  readonly id: string;
  readonly isMet: boolean;
  readonly call: () => Promise<void>;
}

/** How long a call may show no effect before it is made again. */
const PATIENCE = 30;
/** A promotion is waited for longer; whether the call is made again is the execution's to say. */
const PROMOTION_PATIENCE = 180;
const LOOK = 3;

/** What the simulated cloud takes several calls for. Each looks, and says what comes next. */
export class Procedures {
  readonly #cloud: Cloud;
  readonly #clock: WorldClock;

  constructor(cloud: Cloud, clock: WorldClock) {
    this.#cloud = cloud;
    this.#clock = clock;
  }

  /** A parameter, and a restart with which it comes into force and all sessions end. */
  readOnly(id: MemberId, isReadOnly: boolean): Procedure {
    return this.#staged(id, ({ isReadOnly: isAsked, server }) => [
      this.#stage('set-read-only', isAsked === isReadOnly, () => this.#cloud.setReadOnly(id, isReadOnly)),
      this.#stage('restart', server.isReadOnly === isReadOnly && server.isUp, () => this.#cloud.restart(id)),
    ]);
  }

  quarantine(id: MemberId): Procedure {
    return this.#staged(id, (instance, attempts) => {
      if (instance.status === 'stopped') return [];
      const asked = madeOf(attempts, 'restart');
      const isRestarted = asked !== undefined && instance.server.bootedAt >= asked.at;
      return [
        this.#stage('quarantine', instance.isQuarantined && instance.isSettled, () => this.#cloud.quarantine(id, true)),
        this.#stage('restart', isRestarted, () => this.#cloud.restart(id)),
      ];
    });
  }

  release(id: MemberId): Procedure {
    return this.#staged(id, (instance) => [
      this.#stage('release', !instance.isQuarantined && instance.isSettled, () => this.#cloud.quarantine(id, false)),
      this.#stage('set-writable', !instance.isReadOnly, () => this.#cloud.setReadOnly(id, false)),
      this.#stage('restart', !instance.server.isReadOnly, () => this.#cloud.restart(id)),
    ]);
  }

  promote(id: MemberId): Procedure {
    const next = async (attempts: readonly Attempt[]): Promise<Step> => {
      const { status, source } = await this.#cloud.describe(id);
      if (status === 'failed') return { kind: 'stuck', problem: `${id} is failed` };
      if (source === undefined && status === 'available') return { kind: 'done', proof: `${id} follows nobody` };
      const made = madeOf(attempts, 'promote');
      const isSilent = made !== undefined && this.#clock.now() - made.at >= PROMOTION_PATIENCE;
      const mayCall = status === 'available' && source !== undefined && (made === undefined || isSilent);
      if (!mayCall) return { kind: 'wait', title: `the promotion of ${id} (${status})`, seconds: LOOK };
      return { kind: 'do', id: 'promote', title: `promote ${id}`, call: () => this.#cloud.promote(id, 0) };
    };
    return { next };
  }

  restore(id: MemberId, days: number): Procedure {
    return this.#staged(id, ({ retention }) => [
      this.#stage('keep-backups', retention >= days, () => this.#cloud.keepBackups(id, days)),
    ]);
  }

  /** A replica of the new primary, of a name that is always the same; then the old one is marked, if its Region answers. */
  rebuild(old: MemberId, target: MemberId): Procedure {
    const copy = this.#staged(target, ({ server }) => {
      const followers = [...this.#cloud.instances.values()].filter(({ source }) => source === target);
      const options = { region: server.region, engine: server.engine, delay: 0 };
      const call = (): Promise<void> => this.#cloud.createReplica(`${target}-copy`, target, options);
      const isRunning = followers.some(({ server: replica }) => replica.isReplicating);
      return [this.#stage('create', followers.length > 0, call), this.#stage('wait', isRunning, call)];
    });
    const next = async (attempts: readonly Attempt[]): Promise<Step> => {
      const step = await copy.next(attempts);
      if (step.kind !== 'done') return step;
      try {
        if ((await this.#cloud.describe(old)).tags.has('kept')) return step;
      } catch (error) {
        if (!isUnderstudyError(error)) throw error;
        return { kind: 'stuck', problem: `${old} is not marked as kept: ${error.message}` };
      }
      return { kind: 'do', id: 'mark', title: `mark ${old}`, call: () => this.#cloud.tag(old, 'kept') };
    };
    return { next };
  }

  #stage(id: string, isMet: boolean, call: () => Promise<void>): Stage {
    return { id, isMet, call };
  }

  #staged(id: MemberId, stagesOf: (instance: Instance, attempts: readonly Attempt[]) => readonly Stage[]): Procedure {
    const next = async (attempts: readonly Attempt[]): Promise<Step> => {
      const instance = await this.#cloud.describe(id);
      if (instance.status === 'failed') return { kind: 'stuck', problem: `${id} is failed` };
      const stages = stagesOf(instance, attempts);
      const unmet = stages.find(({ isMet }) => !isMet);
      if (unmet === undefined) return { kind: 'done', proof: `${id} is ${stages.map((each) => each.id).join(', ')}` };
      const made = madeOf(attempts, unmet.id);
      const isOnItsWay = made !== undefined && this.#clock.now() - made.at < PATIENCE;
      if (unmet.id === 'wait' || instance.status !== 'available' || isOnItsWay) {
        return { kind: 'wait', title: `${id} to be ${unmet.id}`, seconds: LOOK };
      }
      return { kind: 'do', id: unmet.id, title: `${unmet.id} ${id}`, call: unmet.call };
    };
    return { next };
  }
}

/** The newest call of that step that may have had its effect. */
function madeOf(attempts: readonly Attempt[], step: string): Attempt | undefined {
  return attempts.findLast((each) => each.step === step && each.outcome !== 'not-taken' && each.outcome !== 'refused');
}
