import type { ApiCall } from '../api-call';

/** The calls that reached the cloud. */
export interface CallsSeen {
  /** By service and action, the most frequent first. */
  readonly counts: readonly CallCount[];
  /** Those that could have changed something, in order. */
  readonly mutations: readonly Mutation[];
}

export interface CallCount {
  readonly service: string;
  readonly action: string;
  readonly count: number;
  /** How many of them were not answered with `ok`. */
  readonly failed: number;
}

export type Mutation = Pick<ApiCall, 'at' | 'service' | 'region' | 'action' | 'resource' | 'effect' | 'outcome'>;

export function callsSeen(calls: readonly ApiCall[]): CallsSeen {
  const counts = new Map<string, CallCount>();
  for (const { service, action, outcome } of calls) {
    const before = counts.get(`${service} ${action}`) ?? { service, action, count: 0, failed: 0 };
    const failed = before.failed + (outcome === 'ok' ? 0 : 1);
    counts.set(`${service} ${action}`, { ...before, count: before.count + 1, failed });
  }
  return {
    counts: [...counts.values()].sort((a, b) => b.count - a.count),
    mutations: calls.filter(({ mutating }) => mutating).map(mutationOf),
  };
}

function mutationOf({ at, service, region, action, resource, effect, outcome }: ApiCall): Mutation {
  return { at, service, region, action, resource, effect, outcome };
}
