import { z } from 'zod';
import { duration, name, section, text, whole, yesOrNo } from './schema-leaves';

/*
 * What only Aurora clusters have, as it is written.
 */

/** Half units are allowed; in which range, the version says: `rules/`. */
function units(what: string) {
  const allowed = `${what}: Aurora capacity units in steps of 0.5`;
  return z.number({ error: allowed }).multipleOf(0.5, { error: allowed }).min(0, { error: allowed });
}

const instanceSchema = section('a mapping with size, tier or identifier', {
  size: text('a DB instance class, or db.serverless')
    .optional()
    .describe('DB instance class, or db.serverless. Default: the size of the cluster.'),
  tier: z
    .int({ error: 'a promotion tier: a whole number from 0 to 15' })
    .optional()
    .describe('Who becomes writer: 0 is first, 15 last; of one tier, the largest. Default: 1.'),
  identifier: text('a DB instance identifier')
    .optional()
    .describe('DB instance identifier. Default: that of the cluster, a hyphen, the id of the instance.'),
}).describe('A server of the cluster. Aurora makes it writer or reader as it sees fit.');

/** The servers of an Aurora cluster. */
export const instancesSchema = z
  .record(name('an id'), instanceSchema, {
    error: (issue) => (issue.code === 'invalid_type' ? 'a mapping of ids to instances; {} is none' : undefined),
  })
  .describe('Kinds cluster and global: the servers by id. {} is a headless secondary: data without a server.');

/** Below `aws` of a member. */
export const clusterMemberShape = {
  capacity: section('a mapping with min and max', {
    min: units('the least').describe('Fewest Aurora capacity units, in steps of 0.5. 0: it pauses when idle.'),
    max: units('the most').describe('Most Aurora capacity units, in steps of 0.5.'),
  })
    .optional()
    .describe('Kinds cluster and global: between what its serverless instances scale.'),
  readerScaling: section('a mapping with min, max, cpu or connections', {
    min: whole('readers', 0, 15).optional().describe('Fewest readers, the declared ones included. Default: those.'),
    max: whole('readers', 1, 15).describe('Most readers, the declared ones included.'),
    cpu: whole('per cent', 1, 100).optional().describe('Per cent of the processors to aim at. Default: 60.'),
    connections: whole('connections', 1).optional().describe('Connections for each reader to aim at, instead of cpu.'),
  })
    .optional()
    .describe('Kinds cluster and global: add and take away readers while this cluster takes writes.'),
  endpoints: z
    .record(name('a name'), z.array(text('the id of an instance'), { error: 'a list of ids of instances' }), {
      error: 'a mapping of names to lists of ids of instances',
    })
    .optional()
    .describe('Kinds cluster and global: custom endpoints, and the instances that answer under each.'),
  rpo: duration('a time')
    .optional()
    .describe('Kind global, Aurora PostgreSQL: as primary, stop commits while every secondary is further behind.'),
};

/** Below `aws` of the topology. */
export const clusterTopologyShape = {
  globalIdentifier: text('the identifier of a global cluster')
    .optional()
    .describe('Kind global: identifier of the global database. Default: the name of the topology.'),
  writeForwarding: section('a mapping with local or global', {
    local: yesOrNo().optional().describe('Readers pass writes on to the writer of their cluster. Default: false.'),
    global: yesOrNo().optional().describe('Secondaries pass writes on to the primary. Default: false.'),
  })
    .optional()
    .describe('Kinds cluster and global: whether readers pass writes on.'),
};
