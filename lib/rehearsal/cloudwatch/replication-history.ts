import type { Instance } from '../rds/instance';

/** From when on an instance's lag behaves in one way. */
interface Phase {
  readonly since: number;
  /** `silent`: it is no replica, or does not run. `steady`: as far behind as it is. */
  readonly kind: 'silent' | 'steady' | 'climbing' | 'unknown';
  /** Seconds behind when the phase began. */
  readonly lag: number;
}

/** Statuses in which no server runs that could be measured. */
const DOWN: ReadonlySet<string> = new Set([
  ...['creating', 'starting', 'stopping', 'stopped', 'rebooting', 'deleting', 'failed'],
  ...['incompatible-network', 'inaccessible-encryption-credentials'],
]);

/** Engines that say -1 when replication does not run. The others tell how old the last transaction is: facts/aws.md §4. */
const SAYS_UNKNOWN = /^(mysql|mariadb|sqlserver)/;

function kindOf({ status, source, replication, engine }: Instance): Phase['kind'] {
  if (source === undefined || !replication || DOWN.has(status)) return 'silent';
  if (replication.status !== 'replicating') return SAYS_UNKNOWN.test(engine) ? 'unknown' : 'climbing';
  return replication.lag === 'climbing' ? 'climbing' : 'steady';
}

/** How far replicas were behind at any time, kept as the changes alone: nothing has to happen every minute. */
export class ReplicationHistory {
  readonly #phases = new Map<string, readonly Phase[]>();

  /** Sees an instance as it is from a time on. */
  observe(instance: Instance, since: number): void {
    const before = this.#phases.get(address(instance)) ?? [];
    const last = before.at(-1);
    const kind = kindOf(instance);
    const steady = typeof instance.replication?.lag === 'number' ? instance.replication.lag : 0;
    const lag = kind === 'steady' ? steady : last ? (lagIn(last, since) ?? 0) : 0;
    const same = last?.kind === kind && (kind !== 'steady' || last.lag === lag);
    if (!same) this.#phases.set(address(instance), [...before, { since, kind, lag: Math.max(0, lag) }]);
  }

  /** Sees that an instance is gone. */
  end(instance: Instance, since: number): void {
    const before = this.#phases.get(address(instance)) ?? [];
    this.#phases.set(address(instance), [...before, { since, kind: 'silent', lag: 0 }]);
  }

  /** @returns seconds, -1 if the engine does not know, undefined if there is nothing to measure */
  lagAt(region: string, id: string, at: number): number | undefined {
    const phase = this.#phases.get(address({ region, id }))?.findLast(({ since }) => since <= at);
    return phase && lagIn(phase, at);
  }
}

const address = ({ region, id }: Pick<Instance, 'region' | 'id'>): string => `${region}/${id}`;

function lagIn({ kind, lag, since }: Phase, at: number): number | undefined {
  switch (kind) {
    case 'silent':
      return undefined;
    case 'steady':
      return lag;
    case 'climbing':
      return lag + (at - since) / 1000;
    case 'unknown':
      return -1;
  }
}
