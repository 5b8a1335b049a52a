import type { RunbookResult } from '../../../../lib/runbook/contract';
import type { World } from './world';

/** How the world stands when a run is over. What depends on how long it took is not in it. */
export interface EndState {
  readonly outcome: RunbookResult['outcome'];
  /** Who can be written to. */
  readonly writable: readonly string[];
  /** Who was promoted last, by the ledger. */
  readonly promoted: string | undefined;
  readonly isOpen: boolean;
  readonly promotions: readonly string[];
  readonly endpoints: readonly string[];
  readonly retention: Readonly<Record<string, number>>;
  /** Who follows whom, by the cloud's word. */
  readonly following: Readonly<Record<string, string>>;
  readonly isFrozen: boolean;
  readonly isFenced: boolean;
}

export async function endState(world: World, { outcome }: Pick<RunbookResult, 'outcome'>): Promise<EndState> {
  const { open, primary } = await world.ledger.standing();
  const instances = [...world.cloud.instances.values()];
  const old = world.instance(world.topology.primary);
  return {
    outcome,
    writable: world.writable,
    promoted: primary,
    isOpen: open !== undefined,
    promotions: world.cloud.promotions,
    endpoints: world.endpoints.all.map(({ value }) => value),
    retention: Object.fromEntries(instances.map(({ server, retention }) => [server.id, retention])),
    following: Object.fromEntries(instances.flatMap(({ server, source }) => (source ? [[server.id, source]] : []))),
    isFrozen: old.isReadOnly,
    // What the cloud says is stopped takes no writes either: who comes late has nothing to fence.
    isFenced: old.isQuarantined || old.status === 'stopped',
  };
}

/** Writes that were acknowledged and are not on that member. */
export function missingOn(world: World, member: string): World['clients']['acknowledged'] {
  const has = new Set(world.server(member).log.map(({ id }) => id));
  return world.clients.acknowledged.filter(({ id }) => !has.has(id));
}
