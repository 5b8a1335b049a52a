import type { CloudSqlEdition } from './gcp-topology';

/** A Cloud SQL tier taken apart. */
export interface Tier {
  /** For example `perf-optimized-N`; tiers of one family differ in size only. */
  readonly family: string;
  /** Undefined for shared cores. */
  readonly vcpus?: number;
  /** Mebibytes, where the tier says it. */
  readonly memory?: number;
  readonly edition: CloudSqlEdition;
}

/** Smaller than any tier with a core of its own. */
const SHARED: Readonly<Record<string, number>> = { 'db-f1-micro': 0.2, 'db-g1-small': 0.5 };

/** The parts of `db-perf-optimized-N-8` or `db-custom-4-15360`, or undefined when it is no tier. */
export function parseTier(size: string): Tier | undefined {
  if (SHARED[size] !== undefined) return { family: 'shared', edition: 'enterprise' };
  const custom = /^db-custom-(?:N4-)?(\d+)-(\d+)$/.exec(size);
  if (custom !== null)
    return { family: 'custom', vcpus: Number(custom[1]), memory: Number(custom[2]), edition: 'enterprise' };
  const standard = /^db-n1-(standard|highmem)-(\d+)$/.exec(size);
  if (standard !== null)
    return { family: `n1-${standard[1] ?? ''}`, vcpus: Number(standard[2]), edition: 'enterprise' };
  const plus = /^db-(perf-optimized-N|memory-optimized-N|c4a-[a-z]+)-(\d+)$/.exec(size);
  if (plus === null) return undefined;
  return { family: plus[1] ?? '', vcpus: Number(plus[2]), edition: 'enterprise-plus' };
}

/** True when the tier is known to be smaller in cores or memory. */
export function isSmallerTier(size: string, than: string): boolean {
  const [own, other] = [parseTier(size), parseTier(than)];
  if (own === undefined || other === undefined) return false;
  const cores = (tier: Tier, name: string) => tier.vcpus ?? SHARED[name] ?? 0;
  if (cores(own, size) !== cores(other, than)) return cores(own, size) < cores(other, than);
  return own.memory !== undefined && other.memory !== undefined && own.memory < other.memory;
}
