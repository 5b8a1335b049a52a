import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { billing } from '../../../examples/existing-app';
import { catalog } from '../../../examples/mysql-cascade';
import { payments } from '../../../examples/promotion-runbook';
import { shard, tenants } from '../../../examples/shards';
import type { TopologyInput } from '../../../lib/topology';
import { ProgramGeneration, TopologyGeneration, type Generation, type Program } from './generation';

export function ordersInput(): TopologyInput {
  return parse(readFileSync('examples/orders.topology.yaml', 'utf8')) as TopologyInput;
}

/** The whole fleet, in which the second shard is the one that is promoted. Its topologies are fixed: nobody can join. */
const fleet: Program = (app, now) => {
  const [, second] = tenants(app, [shard(0), shard(1, now?.primary), shard(2)]);
  if (second === undefined) throw new Error('the fleet has no second shard');
  return second.database;
};

/** Every example as it is written. */
export const EXAMPLES: Readonly<Record<string, () => Generation>> = {
  'orders.topology.yaml': () => new TopologyGeneration(ordersInput()),
  'existing-app.ts': () => new ProgramGeneration(billing),
  'mysql-cascade.ts': () => new ProgramGeneration(catalog),
  'promotion-runbook.ts': () => new ProgramGeneration(payments),
  'shards.ts': () => new ProgramGeneration(fleet),
};
