import { normalise } from '../../../../lib/topology/normalise';
import type { TopologyInput } from '../../../../lib/topology';
import type { RunbookEvent } from '../../../../lib/runbook/contract';
import { approved } from './runner';
import { World, type WorldOptions } from './world';

const MEMBERS: TopologyInput['members'] = {
  ada: { region: 'eu-west-1', size: 'db.r6i.xlarge', storage: { gib: 100 }, standby: 'multi-az' },
  bab: { region: 'eu-central-1', replicaOf: 'ada', promotion: 1 },
  cyd: { region: 'eu-central-1', replicaOf: 'ada', promotion: 2 },
  dot: { region: 'eu-central-1', replicaOf: 'bab', promotion: 'never' },
};

/** ada is the primary; bab and cyd follow her from another Region, where the runbook lives; dot follows bab. */
export const ORDERS = normalise({
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'ada',
  objectives: { lag: '10m' },
  members: MEMBERS,
});

/** The same with bab alone, so that there is nobody who follows the new primary. */
export const PAIR = normalise({
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'ada',
  objectives: { lag: '10m' },
  members: Object.fromEntries(Object.entries(MEMBERS).filter(([id]) => id === 'ada' || id === 'bab')),
});

/** A story that a run is told in: a world that has come to the moment, and what is asked then. */
export interface Scene {
  readonly world: World;
  readonly event: RunbookEvent;
}

export type SceneName = 'switchover' | 'partition' | 'region lost';

/** A person who takes a risk by name. */
export const RISK = { by: 'Eva Holm', reason: 'its clients were shut down' };

const hashes = new Map<string, string>();

/** The approval is the same each time. It is asked for in a world of its own, because asking takes time. */
async function approvalFor(name: SceneName, options: Partial<WorldOptions>): Promise<string> {
  const key = JSON.stringify([name, options]);
  const known = hashes.get(key);
  if (known !== undefined) return known;
  const { world, event } = await unapproved(name, options);
  const { approve = '' } = await approved(world, event);
  hashes.set(key, approve);
  return approve;
}

async function unapproved(name: SceneName, options: Partial<WorldOptions>): Promise<Scene> {
  const world = new World({ topology: PAIR, ...options });
  await world.watched(2);
  if (name === 'switchover') return { world, event: { mode: 'switchover', reason: 'a test', runId: 'R' } };
  const event: RunbookEvent = { mode: 'failover', reason: 'a test', runId: 'R', acceptDataLoss: 3600 };
  if (name === 'partition') world.cutData('eu-west-1');
  else world.cutAll('eu-west-1');
  await world.clock.wait(120);
  return { world, event: name === 'partition' ? event : { ...event, acceptSplitBrainRisk: RISK } };
}

/**
 * - `switchover`: all is well.
 * - `partition`: nobody here reaches ada's database, nor does replication; her own clients do, and so does the cloud's API.
 * - `region lost`: not even the API answers, and a person takes the risk.
 */
export async function sceneOf(name: SceneName, options: Partial<WorldOptions> = {}): Promise<Scene> {
  const { world, event } = await unapproved(name, options);
  return { world, event: { ...event, approve: await approvalFor(name, options) } };
}
