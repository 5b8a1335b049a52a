const AWS = `# yaml-language-server: $schema={schema}
# One replicated database. Check this file with: understudy check FILE. Draw it with: understudy diagram FILE -o FILE.svg

# Names of what is created begin with this; it never changes.
name: app

# The engine of all members: mysql, mariadb, postgres, oracle, sqlserver or db2; the full version, in quotes.
engine:
  name: postgres
  version: '17.6'

# The member that takes writes now. A promotion changes this one field.
primary: north-a

# How much may go wrong, and for how long.
objectives:
  lag: 30s # the alarm fires when a replica is further behind
  dataLoss: 1m # most writes that may be lost, as a time (RPO)
  recovery: # longest time without a primary (RTO)
    member: 15m # when only the primary is lost
    region: 1h # when its whole Region is lost

# The primary commits at least this often, by itself or by a scheduled job: the lag of an idle PostgreSQL climbs without reason.
heartbeat: 10s

# Tags on everything that can carry them.
tags:
  team: platform

# The members by id. Ids stay for life and never say primary or replica, because these roles move.
members:
  north-a: # the origin: all others were created from it, directly or not
    region: us-east-1
    size: db.r7g.large # DB instance class
    storage: { gib: 100, growTo: 500 } # GiB now, and up to which the cloud may grow the volume
    standby: multi-az # a synchronous standby in another Availability Zone; or none
    retention: 7d # how long automatic backups are kept
    key: create # one encryption key for each Region; or the ARN of your own
    promotion: 1 # priority: 1 is first; or never

  north-reports: # what a replica leaves out, it takes from its source
    region: us-east-1
    replicaOf: north-a # the member it was created from: never changes, also not after a promotion
    promotion: never

  west-a: # in another Region, for the day that the first one is lost
    region: us-west-2
    replicaOf: north-a
    key: create # keys do not leave their Region
    promotion: 2

# What only AWS has.
aws:
  database: app # created with the origin
  notify: [] # e-mail addresses that receive the alarms
  runbook: # promotes a replica, on command; in each Region where one can be promoted
    endpoints: # the names by which applications find who takes writes, which a promotion moves
      - parameter: /app/database/writer # an SSM parameter with the host name
`;

const GCP = `# yaml-language-server: $schema={schema}
# One replicated database on Cloud SQL. Check this file with: understudy check FILE. Draw it with: understudy diagram FILE -o FILE.svg

# Names of what is created begin with this; it never changes.
name: app

# Where it runs: the instances come from CloudSqlTopology in a Pulumi program.
cloud: gcp

# The engine of all members: mysql, postgres or sqlserver; the version, in quotes.
engine:
  name: postgres
  version: '17'

# The member that takes writes now. A switchover changes this field, and drReplica with it.
primary: north-a

# How much may go wrong, and for how long.
objectives:
  lag: 1m # the alert comes when a replica is further behind
  dataLoss: 5m # most writes that may be lost, as a time (RPO)
  recovery: # longest time without a primary (RTO)
    region: 1h # when its whole region is lost

# The members by id. Ids stay for life and never say primary or replica, because these roles move.
members:
  north-a: # the origin: all others were created from it, directly or not
    region: us-central1
    size: db-perf-optimized-N-4 # the tier
    storage: { gib: 100, growTo: 500 } # GiB now, and up to which Cloud SQL may grow the volume
    standby: regional # a synchronous standby in another zone; or none
    retention: 7d # how long it keeps backups while it is the primary
    promotion: 1 # priority: 1 is first; or never

  west-a: # what a replica leaves out, it takes from its source
    region: us-west1
    replicaOf: north-a # the member it was created from: never changes, also not after a switchover
    standby: regional
    promotion: 2

  north-reads: # several nodes behind one address
    region: us-central1
    replicaOf: north-a
    promotion: never
    gcp:
      readPool: { nodes: 2 } # or autoscale

# What only Google Cloud has.
gcp:
  project: my-project # where the instances are
  edition: enterprise-plus # or enterprise: without read pools, DR replica and switchover
  drReplica: west-a # takes over in a disaster
  network: # how instances are reached
    privateNetwork: projects/my-project/global/networks/default
  maintenance: { day: sunday, hour: 3 } # UTC; replicas are maintained before the primary
`;

export const STARTERS = { aws: AWS, gcp: GCP } as const;
export type StarterCloud = keyof typeof STARTERS;

/**
 * A first topology file: passes `check` without a finding, and says in one comment what each key is for.
 *
 * @param schemaPath where the file's editor finds the JSON Schema, relative to the file.
 */
export function starterText(schemaPath: string, cloud: StarterCloud = 'aws'): string {
  return STARTERS[cloud].replace('{schema}', schemaPath);
}
