import { z } from 'zod';
import { clusterMemberShape, clusterTopologyShape, instancesSchema } from './cluster-schema';
import { parseDuration } from './duration';
import { ENGINE_NAMES } from './engines';
import { gcpMemberSchema, gcpSchema } from './gcp/gcp-schema';
import { TOPOLOGY_KINDS } from './kinds';
import { duration, name, oneOf, section, text, whole, yesOrNo } from './schema-leaves';
import { runbookSchema } from './schema-runbook';

/*
 * The shape of a topology as it is written. Each leaf's `error` says what is allowed there; `shape-findings.ts` adds the
 * value that was found. What fields mean together is the business of `rules/`.
 */

const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const KEY_ID = `(${UUID}|mrk-[0-9a-f]{32})`;
const KEY_ALIAS = 'alias/[a-zA-Z0-9/_-]+';
const GOOGLE_KEY = 'projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+';
const KEY = new RegExp(
  `^(create|${KEY_ALIAS}|${KEY_ID}|arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:(key/${KEY_ID}|${KEY_ALIAS})|${GOOGLE_KEY})$`,
);
const KEYS = 'create, or the ARN, alias or id of a KMS key; on Google, the name of a Cloud KMS key';

const tags = z
  .record(z.string(), z.string({ error: 'text; put numbers and true or false in quotes' }), {
    error: 'a mapping of tag names to texts',
  })
  .describe('Tags on everything that can carry them.');

const version = z
  .string({ error: "a version in quotes, for example '17.6': without them YAML reads a number and drops zeros" })
  .min(1, { error: "a version in quotes, for example '17.6'" });

const storageSchema = section('a mapping with gib, type, iops, throughput or growTo', {
  gib: whole('gibibytes', 20, 65_536)
    .optional()
    .describe('Size in GiB. A replica that leaves it out takes that of its source.'),
  type: oneOf(['gp2', 'gp3', 'io1', 'io2', 'aurora', 'aurora-iopt1', 'ssd', 'hdd', 'hyperdisk'])
    .optional()
    .describe(
      'Volume type; of Aurora aurora or aurora-iopt1 (I/O-optimised); on Google ssd, hdd or hyperdisk. Default: gp3, aurora, ssd; for a replica, that of its source.',
    ),
  iops: whole('I/O operations per second', 1000, 256_000).optional().describe('Provisioned IOPS.'),
  throughput: whole('MiB/s', 125, 4000).optional().describe('Provisioned throughput of a gp3 volume in MiB/s.'),
  growTo: whole('gibibytes', 22, 65_536).optional().describe('Let the cloud grow the volume up to this many GiB.'),
}).describe('The volume.');

const awsMemberSchema = section('a mapping with identifier, replicaMode, delay or what clusters have', {
  identifier: text('a DB instance or DB cluster identifier')
    .optional()
    .describe(
      'Identifier of the DB instance or DB cluster. Default: the name of the topology, a hyphen, the id of the member.',
    ),
  replicaMode: oneOf(['open-read-only', 'mounted']).optional().describe('Oracle and Db2 replicas only.'),
  delay: duration('how far to stay behind').optional().describe('Stay this far behind the source on purpose.'),
  ...clusterMemberShape,
}).describe('What only AWS has.');

const memberSchema = section('a mapping that describes one member', {
  region: text('a Region, for example eu-west-1').describe('The Region, for example eu-west-1.'),
  replicaOf: text('the id of a member')
    .optional()
    .describe('The member it was created from. Never changes, also not after a promotion. The origin has none.'),
  size: text('a size, for example db.r7g.large')
    .optional()
    .describe('DB instance class; on Google, the tier. A replica that leaves it out takes that of its source.'),
  instances: instancesSchema.optional(),
  version: version
    .optional()
    .describe('Engine version of this member. Default: that of its source; of the origin, engine.version.'),
  storage: storageSchema.optional(),
  standby: oneOf(['none', 'multi-az', 'regional'])
    .optional()
    .describe('Synchronous standby in another zone: multi-az on AWS, regional on Google. Default: none.'),
  promotion: z
    .union(
      [
        z.int({ error: 'a priority (1 is first) or never' }).min(1, { error: 'a priority (1 is first) or never' }),
        z.literal('never'),
      ],
      { error: 'a priority (1 is first) or never' },
    )
    .optional()
    .describe(
      'How eligible the member is to become primary: a priority (1 is first) or never. Default: 1 for the origin, never for others.',
    ),
  retention: duration('how long to keep backups')
    .optional()
    .describe('How long automatic backups are kept, in days; 0d is none. Default: 7d where the engine can.'),
  encrypted: yesOrNo().optional().describe('Encryption at rest. Default: true; for a replica, as its source.'),
  key: text(KEYS)
    .regex(KEY, { error: KEYS })
    .optional()
    .describe(
      'AWS: create (one key for each Region), or the ARN, alias or id of an existing key. Google: projects/…/cryptoKeys/… of an existing key. Default: the key of the cloud.',
    ),
  retired: oneOf(['kept', 'removed'])
    .optional()
    .describe(
      'kept: it exists, fenced, outside endpoints and alarms. removed: it is gone; only its identity stays here.',
    ),
  tags: tags.optional(),
  aws: awsMemberSchema.optional(),
  gcp: gcpMemberSchema.optional(),
}).describe('One database server, or one regional cluster, under one identity.');

const awsRegionSchema = section('a mapping with vpc, cidr or alarmTopic', {
  vpc: section('a mapping with id and subnets', {
    id: z
      .string({ error: 'a VPC id, for example vpc-0123456789abcdef0' })
      .regex(/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/, { error: 'a VPC id, for example vpc-0123456789abcdef0' })
      .describe('The VPC.'),
    subnets: z
      .array(
        z
          .string({ error: 'a subnet id' })
          .regex(/^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/, { error: 'a subnet id, for example subnet-0123456789abcdef0' }),
        { error: 'a list of subnet ids' },
      )
      .min(2, { error: 'two or more subnet ids, in different Availability Zones' })
      .describe('Its subnets for databases: two or more, in different Availability Zones.'),
  })
    .optional()
    .describe('An existing VPC and its subnets for databases. Default: a VPC is created.'),
  cidr: z
    .string({ error: 'a CIDR block, for example 10.1.0.0/16' })
    .regex(/^(\d{1,3}\.){3}\d{1,3}\/(1[6-9]|2[0-8])$/, {
      error: 'a CIDR block between /16 and /28, for example 10.1.0.0/16',
    })
    .optional()
    .describe('CIDR block of the VPC that is created.'),
  alarmTopic: z
    .string({ error: 'the ARN of an SNS topic' })
    .regex(/^arn:[^:]+:sns:[^:]+:\d{12}:.+$/, { error: 'the ARN of an SNS topic' })
    .optional()
    .describe('ARN of an existing SNS topic for alarms and events. Default: one is created.'),
});

const awsSchema = section('a mapping of what only AWS has', {
  credentials: oneOf(['self-managed', 'rds-managed'])
    .optional()
    .describe(
      'Who keeps the master password. Default: self-managed, in a secret that is replicated; RDS-managed forbids replicas.',
    ),
  username: z
    .string({ error: 'a user name' })
    .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,15}$/, { error: '1 to 16 letters, digits and underscores, a letter first' })
    .optional()
    .describe('Master user name.'),
  database: z
    .string({ error: 'a database name' })
    .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,62}$/, { error: 'letters, digits and underscores, a letter first' })
    .optional()
    .describe('Name of the database that is created with the origin.'),
  port: whole('a port', 1150, 65_535).optional().describe("Port. Default: the engine's."),
  license: oneOf(['license-included', 'bring-your-own-license'])
    .optional()
    .describe('Licence model of Oracle, SQL Server and Db2.'),
  parameters: z
    .record(z.string(), z.string({ error: 'text; put numbers in quotes' }), {
      error: 'a mapping of parameter names to texts',
    })
    .optional()
    .describe('Engine parameters.'),
  insights: oneOf(['off', 'standard', 'advanced'])
    .optional()
    .describe('Database Insights with Performance Insights. Default: standard where the engine can.'),
  logExports: z
    .array(text('the name of a log'), { error: 'a list of names of logs' })
    .optional()
    .describe("Logs to export to CloudWatch Logs. Default: the engine's customary ones; [] is none."),
  iamAuthentication: yesOrNo().optional().describe('IAM database authentication. Default: true where the engine can.'),
  deletionProtection: yesOrNo().optional().describe('Default: true.'),
  ...clusterTopologyShape,
  notify: z
    .array(z.string({ error: 'an e-mail address' }).regex(/^[^@\s]+@[^@\s]+$/, { error: 'an e-mail address' }), {
      error: 'a list of e-mail addresses',
    })
    .optional()
    .describe('E-mail addresses subscribed to the alarm topics that are created.'),
  regions: z
    .record(z.string(), awsRegionSchema, { error: 'a mapping of Regions' })
    .optional()
    .describe('What exists already in a Region.'),
  runbook: runbookSchema.optional(),
}).describe('What only AWS has.');

/** The one schema behind YAML files, JSON files and `define()`. */
export const topologySchema = section('a mapping with name, engine, primary, objectives and members', {
  $schema: z.string().optional().describe('For editors.'),
  name: name('a name').describe('Name of the database; physical names begin with it.'),
  cloud: oneOf(['aws', 'gcp']).optional().describe('Default: aws.'),
  kind: oneOf(TOPOLOGY_KINDS)
    .optional()
    .describe(
      'What the members are. instances: DB instances; cluster, global: Aurora clusters; multi-az-cluster: one of Amazon RDS. Default: instances.',
    ),
  engine: section('a mapping with name and version', {
    name: oneOf(ENGINE_NAMES).describe('Database engine.'),
    version: version.describe(
      "Full version, in quotes; on Google a major ('17', '8.4', '2022') or a MySQL minor ('8.0.42').",
    ),
    edition: text('an edition')
      .optional()
      .describe(
        'Oracle: ee, ee-cdb, se2, se2-cdb. SQL Server: ee, se, web, ex (on Google enterprise, standard, web, express). Db2: ae, se.',
      ),
  }).describe('The engine of all members.'),
  primary: text('the id of a member').describe('The member that takes writes now. A promotion changes this one field.'),
  objectives: section('a mapping with lag, dataLoss and recovery', {
    lag: duration('a lag above 0s')
      .refine((text) => parseDuration(text) > 0, { error: 'a lag above 0s: 30s, 15m, 1h30m or 7d' })
      .describe('Replication lag above which the alarm fires.'),
    dataLoss: duration('a time').optional().describe('Most acknowledged writes that may be lost, as a time (RPO).'),
    recovery: section('a mapping with member or region', {
      member: duration('a time').optional().describe('Recovery time when the primary alone is lost (RTO).'),
      region: duration('a time').optional().describe("Recovery time when the primary's Region is lost (RTO)."),
    })
      .optional()
      .describe('Longest time without a primary, by what was lost.'),
  }).describe('How much may go wrong, and for how long.'),
  heartbeat: duration('a time')
    .optional()
    .describe('The primary commits at least this often. PostgreSQL needs it for lag alarms below 5 minutes.'),
  tags: tags.optional(),
  members: z
    .record(name('an id'), memberSchema, {
      error: (issue) => (issue.code === 'invalid_type' ? 'a mapping of ids to members' : undefined),
    })
    .refine((members) => Object.keys(members).length > 0, { error: 'a mapping of ids to members, at least one' })
    .describe('The members by id. Ids never change and never say primary or replica.'),
  aws: awsSchema.optional(),
  gcp: gcpSchema.optional(),
}).describe('One replicated database: its members, their lineage, who is primary, the objectives.');

/** A topology as it is written. */
export type TopologyInput = z.input<typeof topologySchema>;

/** A member as it is written. */
export type MemberInput = z.input<typeof memberSchema>;

/** JSON Schema (draft 2020-12) of a topology file, for editors. */
export function topologyJsonSchema(): Record<string, unknown> {
  return { title: 'db-understudy topology', ...z.toJSONSchema(topologySchema, { io: 'input' }) };
}
