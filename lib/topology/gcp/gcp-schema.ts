import { z } from 'zod';
import { parseDuration } from '../duration';
import { duration, oneOf, section, text, whole, yesOrNo } from '../schema-leaves';

/* The shape of what only Google Cloud has, as it is written. */

const NETWORK = /^(https:\/\/[^ ]+\/)?projects\/[^/ ]+\/global\/networks\/[a-z][-a-z0-9]*$/;
const NETWORK_WORDS = 'a VPC network, for example projects/acme-prod/global/networks/main';

const flags = z
  .record(z.string(), z.string({ error: 'text; put numbers and on or off in quotes' }), {
    error: 'a mapping of flag names to texts',
  })
  .describe('Database flags.');

const networkSchema = section('a mapping with privateNetwork, allocatedRange, publicIp or pscProjects', {
  privateNetwork: z
    .string({ error: NETWORK_WORDS })
    .regex(NETWORK, { error: NETWORK_WORDS })
    .optional()
    .describe('VPC network in which instances have a private address (private services access).'),
  allocatedRange: text('the name of an allocated address range')
    .optional()
    .describe('Allocated range from which the private address comes. Default: any of the connection.'),
  publicIp: yesOrNo().optional().describe('Whether instances have a public address. Default: false.'),
  pscProjects: z
    .array(text('a project id'), { error: 'a list of project ids' })
    .optional()
    .describe('Private Service Connect: the projects that may connect to the service attachments.'),
}).describe('How instances are reached.');

const sslMode = oneOf(['allow-unencrypted', 'encrypted-only', 'client-certificate'])
  .optional()
  .describe('Which connections are accepted. Default: encrypted-only.');

const maintenanceSchema = section('a mapping with day, hour or track', {
  day: oneOf(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']).describe('Day, in UTC.'),
  hour: whole('an hour in UTC', 0, 23).describe('Hour, in UTC.'),
  track: oneOf(['canary', 'stable', 'week5']).optional().describe('How early. Default: stable.'),
});

const autoscaleSchema = section('a mapping with min, max and cpu or connections', {
  min: whole('nodes', 1).describe('Fewest nodes.'),
  max: whole('nodes', 1).describe('Most nodes.'),
  cpu: z.number({ error: 'a share such as 0.6' }).optional().describe('Average CPU use to aim at, 0.1 to 0.9.'),
  connections: z.number({ error: 'a number of connections' }).optional().describe('Connections per node to aim at.'),
  scaleInAfter: duration('a time').optional().describe('Least time between two reductions.'),
  scaleOutAfter: duration('a time').optional().describe('Least time between two enlargements.'),
}).describe('The number of nodes follows the load.');

/** What only Google has, of one member. */
export const gcpMemberSchema = section('a mapping of what only Google Cloud has of a member', {
  name: text('an instance name')
    .optional()
    .describe('Instance name. Default: the name of the topology, a hyphen, the id of the member.'),
  edition: oneOf(['enterprise', 'enterprise-plus']).optional().describe('Default: that of the topology.'),
  zone: z
    .string({ error: 'a zone, for example europe-west1-b' })
    .regex(/^[a-z]+-[a-z]+\d+-[a-z]$/, { error: 'a zone, for example europe-west1-b' })
    .optional()
    .describe('Preferred zone.'),
  readPool: section('a mapping with nodes or autoscale', {
    nodes: z.int({ error: 'a number of nodes' }).optional().describe('A fixed number of nodes.'),
    autoscale: autoscaleSchema.optional(),
  })
    .optional()
    .describe('Makes the member a read pool: several nodes behind one address, never promoted.'),
  cascadable: yesOrNo().optional().describe('SQL Server: the replica can have replicas, and can take over.'),
  failoverTarget: yesOrNo().optional().describe('The legacy failover replica, which Cloud SQL no longer has.'),
  recreateAfterLag: duration('a lag')
    .optional()
    .describe('The replica is created anew when it is further behind for five minutes: 5m to 365d.'),
  binaryLog: yesOrNo()
    .optional()
    .describe('MySQL: write a binary log. Default: true for whoever can be primary or has replicas.'),
  dataCache: yesOrNo().optional().describe('Data cache (Enterprise Plus). Default: that of the topology.'),
  flags: flags.optional(),
  network: networkSchema.optional(),
  sslMode,
  maintenance: maintenanceSchema.optional().describe('Weekly maintenance window, in place of that of the topology.'),
  deletionProtection: yesOrNo().optional().describe('Default: that of the topology.'),
}).describe('What only Google Cloud has.');

/** What only Google has, of the whole topology. */
export const gcpSchema = section('a mapping of what only Google Cloud has', {
  project: z
    .string({ error: 'a project id' })
    .regex(/^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, { error: 'a project id, for example acme-prod' })
    .optional()
    .describe('Project. Default: that of the provider.'),
  edition: oneOf(['enterprise', 'enterprise-plus'])
    .optional()
    .describe('Cloud SQL edition of all members. Has to be said: what the API takes otherwise depends on the version.'),
  drReplica: text('the id of a member')
    .optional()
    .describe('The replica that takes over in a disaster (MySQL and PostgreSQL, Enterprise Plus).'),
  transition: section('a mapping with to and phase', {
    to: text('the id of a member').describe('The member that is to be primary.'),
    phase: oneOf(['begin', 'finish']).describe('begin: hand over. finish: the old primary is declared a replica.'),
  })
    .optional()
    .describe('A switchover in progress, in two deployments. Taken away after the second, with the new `primary`.'),
  pointInTimeRecovery: yesOrNo().optional().describe('Of the primary. Default: true while it keeps backups.'),
  dataCache: yesOrNo()
    .optional()
    .describe('Data cache (Enterprise Plus, MySQL and PostgreSQL). Default: true where there is one.'),
  flags: flags.optional(),
  network: networkSchema.optional(),
  sslMode,
  connectorEnforcement: yesOrNo()
    .optional()
    .describe('Only connectors and the Auth Proxy may connect. Forbids replicas. Default: false.'),
  maintenance: maintenanceSchema.optional().describe('Weekly maintenance window of the primary.'),
  noMaintenance: section('a mapping with from, until and time', {
    from: text('a date such as 2026-11-20 or 11-20').describe('First day, for example 11-20.'),
    until: text('a date such as 2026-12-31 or 12-31').describe('Last day, for example 12-31.'),
    time: z
      .string({ error: 'a time such as 00:00:00' })
      .regex(/^\d{2}:\d{2}:\d{2}$/, { error: 'a time such as 00:00:00' })
      .optional()
      .describe('At which time both begin and end. Default: 00:00:00.'),
  })
    .optional()
    .describe('A time of up to 90 days in which there is no maintenance.'),
  deletionProtection: yesOrNo()
    .optional()
    .describe("Pulumi's protect and both deletion protections of Cloud SQL. Default: true."),
  alarmAfter: duration('a time above 0s')
    .refine((text) => parseDuration(text) > 0, { error: 'a time above 0s: 5m or 10m' })
    .optional()
    .describe('How long something has to be wrong before an alert. Default: 5m.'),
}).describe('What only Google Cloud has.');

/** As it is written. */
export type GcpInput = z.input<typeof gcpSchema>;
export type GcpMemberInput = z.input<typeof gcpMemberSchema>;
