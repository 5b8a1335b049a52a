import type { DatabaseInstanceArgs } from '@pulumi/gcp/sql';
import type { Member, Topology } from '../topology';
import { isPool, type MemberRole } from './member-role';

type Settings = Exclude<Extract<DatabaseInstanceArgs['settings'], { tier: unknown }>, undefined>;
type BackupConfiguration = NonNullable<Settings['backupConfiguration']>;
type ReadPoolAutoScale = NonNullable<Settings['readPoolAutoScaleConfig']>;

/** PostgreSQL's flags of which a replica needs as much as its primary, or it does not start. */
const STANDBY_FLAGS = [
  ...['max_connections', 'max_worker_processes', 'max_wal_senders', 'max_prepared_transactions'],
  ...['max_locks_per_transaction', 'max_parallel_workers', 'max_parallel_maintenance_workers'],
  'max_parallel_workers_per_gather',
];

const EDITIONS = { enterprise: 'ENTERPRISE', 'enterprise-plus': 'ENTERPRISE_PLUS' } as const;
const DISKS: Readonly<Record<string, string>> = { ssd: 'PD_SSD', hdd: 'PD_HDD', hyperdisk: 'HYPERDISK_BALANCED' };
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** All settings of an instance but for those of its network. */
export function instanceSettings(member: Member, role: MemberRole, topology: Topology): Settings {
  const { gcp } = member;
  const edition = gcp?.edition;
  const isReplica = role.instanceType !== 'CLOUD_SQL_INSTANCE';
  return {
    tier: member.size ?? '',
    edition: edition === undefined ? undefined : EDITIONS[edition],
    // A pool's availability is its nodes: there, the field is read-only.
    availabilityType: isPool(member) ? undefined : member.standby === 'regional' ? 'REGIONAL' : 'ZONAL',
    activationPolicy: role.isLeft ? 'NEVER' : 'ALWAYS',
    ...disk(member),
    backupConfiguration: isPool(member) ? undefined : backups(member, role, topology),
    databaseFlags: databaseFlags(member, topology),
    userLabels: labels(member, topology),
    deletionProtectionEnabled: gcp?.deletionProtection ?? true,
    connectorEnforcement: topology.gcp?.connectorEnforcement === true ? 'REQUIRED' : 'NOT_REQUIRED',
    dataCacheConfig:
      edition === 'enterprise-plus' && topology.engine.name !== 'sqlserver'
        ? { dataCacheEnabled: gcp?.dataCache ?? true }
        : undefined,
    locationPreference: gcp?.zone === undefined ? undefined : { zone: gcp.zone },
    replicationLagMaxSeconds: isReplica ? gcp?.recreateAfterLag : undefined,
    readPoolAutoScaleConfig: autoscale(member),
    ...maintenance(member, role, topology),
  };
}

/** The size of a replica is that of its source as it is by then. */
function disk({ storage }: Member): Partial<Settings> {
  return {
    diskType: DISKS[storage.type ?? ''],
    diskSize: storage.gib,
    diskAutoresize: storage.growTo !== undefined,
    diskAutoresizeLimit: storage.growTo,
    dataDiskProvisionedIops: storage.iops,
    dataDiskProvisionedThroughput: storage.throughput,
  };
}

/** Only who takes writes keeps backups; MySQL's binary log is on before a switchover, and stays. */
function backups(member: Member, role: MemberRole, { engine, gcp }: Topology): BackupConfiguration {
  const isMySql = engine.name === 'mysql';
  const days = member.retentionDays ?? 0;
  const isKept = (role.isPrimary || role.isLeft) && days > 0;
  const recovery = isKept && gcp?.pointInTimeRecovery !== false;
  return {
    enabled: isKept,
    ...(isMySql
      ? { binaryLogEnabled: role.isPrimary ? isKept && member.gcp?.binaryLog !== false : member.gcp?.binaryLog }
      : { pointInTimeRecoveryEnabled: recovery }),
    backupRetentionSettings: isKept ? { retainedBackups: days, retentionUnit: 'COUNT' } : undefined,
  };
}

function databaseFlags(member: Member, { engine, members, primary }: Topology): Settings['databaseFlags'] {
  const top = members.find(({ id }) => id === primary)?.gcp?.flags ?? {};
  const followed =
    engine.name === 'postgres' ? Object.entries(top).filter(([flag]) => STANDBY_FLAGS.includes(flag)) : [];
  const flags = { ...Object.fromEntries(followed), ...member.gcp?.flags };
  const sorted = Object.entries(flags).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length === 0 ? undefined : sorted.map(([name, value]) => ({ name, value }));
}

/** Labels take lower-case letters, digits, hyphens and underscores; anything else becomes a hyphen. */
function labels(member: Member, { name, tags }: Topology): Record<string, string> {
  const all = { ...tags, ...member.tags, 'understudy-topology': name, 'understudy-member': member.id };
  const label = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]/g, '-')
      .slice(0, 63);
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [label(key), label(value)]));
}

function autoscale({ gcp }: Member): ReadPoolAutoScale | undefined {
  const scale = gcp?.readPool?.autoscale;
  if (scale === undefined) return undefined;
  const { min, max, cpu, connections, scaleInAfter, scaleOutAfter } = scale;
  return {
    enabled: true,
    minNodeCount: min,
    maxNodeCount: max,
    targetMetrics: [
      ...(cpu === undefined ? [] : [{ metric: 'AVERAGE_CPU_UTILIZATION', targetValue: cpu }]),
      ...(connections === undefined ? [] : [{ metric: 'AVERAGE_DB_CONNECTIONS', targetValue: connections }]),
    ],
    scaleInCooldownSeconds: scaleInAfter,
    scaleOutCooldownSeconds: scaleOutAfter,
  };
}

/** The primary's. A former primary keeps its own, which Cloud SQL ignores, so that the end of a switchover changes nothing. */
function maintenance(member: Member, role: MemberRole, { gcp }: Topology): Partial<Settings> {
  if (!role.isPrimary && !role.wasPrimary) return {};
  const window = member.gcp?.maintenance ?? gcp?.maintenance;
  const none = gcp?.noMaintenance;
  return {
    maintenanceWindow:
      window === undefined
        ? undefined
        : { day: DAYS.indexOf(window.day) + 1, hour: window.hour, updateTrack: window.track ?? 'stable' },
    denyMaintenancePeriod:
      none === undefined ? undefined : { startDate: none.from, endDate: none.until, time: none.time },
  };
}
