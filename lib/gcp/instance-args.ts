import * as pulumi from '@pulumi/pulumi';
import type { DatabaseInstanceArgs } from '@pulumi/gcp/sql';
import { databaseVersion, type Member, type MemberId, type SslMode, type Topology } from '../topology';
import { instanceSettings } from './instance-settings';
import type { KnownTopology } from './known-topology';
import { instanceName, isPool, type MemberRole } from './member-role';

const SSL_MODES: Readonly<Record<SslMode, string>> = {
  'allow-unencrypted': 'ALLOW_UNENCRYPTED_AND_ENCRYPTED',
  'encrypted-only': 'ENCRYPTED_ONLY',
  'client-certificate': 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED',
};

export interface InstanceContext {
  readonly known: KnownTopology;
  readonly roles: ReadonlyMap<MemberId, MemberRole>;
  /** Instance names by member, as others are to name them. */
  readonly names: InstanceNames;
  readonly project?: pulumi.Input<string>;
  readonly rootPassword?: pulumi.Input<string>;
}

/** Of instances that are made here, literals; of others, known once they are. */
export type InstanceNames = ReadonlyMap<MemberId, pulumi.Input<string>>;

/** The arguments of a member's instance. What depends on its role is computed, and nothing of its identity does. */
export function instanceArgs(member: Member, role: MemberRole, context: InstanceContext): DatabaseInstanceArgs {
  const { known, names, project, rootPassword } = context;
  const { topology } = known;
  const isOrigin = member.replicaOf === undefined;
  return {
    name: instanceName(member),
    project,
    region: member.region,
    databaseVersion: databaseVersion({ ...topology.engine, version: member.version }),
    instanceType: role.instanceType,
    masterInstanceName: role.follows === undefined ? undefined : names.get(role.follows),
    replicaNames: role.replicas?.flatMap((id) => names.get(id) ?? []),
    replicationCluster: replicationCluster(role, names, project),
    // Only SQL Server's switchover needs the block on the old primary, too.
    replicaConfiguration:
      role.follows !== undefined && (member.gcp?.cascadable === true || isTurnedSqlServer(role, topology))
        ? { cascadableReplica: true }
        : undefined,
    encryptionKeyName: encryptionKey(member, context),
    // With autoscale, the number is Cloud SQL's.
    nodeCount: isPool(member) ? member.gcp?.readPool?.nodes : undefined,
    // Replicas have the source's; to change it where there is no primary would fail.
    rootPassword: isOrigin && rootPassword !== undefined ? pulumi.secret(rootPassword) : undefined,
    deletionProtection: member.gcp?.deletionProtection ?? true,
    settings: { ...instanceSettings(member, role, topology), ipConfiguration: ipConfiguration(member, known) },
  };
}

function isTurnedSqlServer(role: MemberRole, { engine }: Topology): boolean {
  return engine.name === 'sqlserver' && role.wasPrimary;
}

/** The name with its project, as Cloud SQL wants it here and nowhere else. */
function replicationCluster(
  { drReplica }: MemberRole,
  names: InstanceNames,
  project: pulumi.Input<string> | undefined,
): DatabaseInstanceArgs['replicationCluster'] {
  if (drReplica === undefined) return undefined;
  const name = names.get(drReplica);
  return { failoverDrReplicaName: name === undefined ? '' : pulumi.interpolate`${project}:${name}` };
}

/** Beside its source, a replica has the source's key; to name it would replace the replica again and again. */
function encryptionKey(member: Member, { known }: InstanceContext): pulumi.Input<string> | undefined {
  const { topology, values } = known;
  const source = topology.members.find(({ id }) => id === member.replicaOf);
  if (member.key === undefined || source?.region === member.region) return undefined;
  return values.apply(({ keys }) => keys[member.id] ?? member.key ?? '');
}

function ipConfiguration(member: Member, { values }: KnownTopology) {
  const { privateNetwork, allocatedRange, publicIp, pscProjects } = member.gcp?.network ?? {};
  return {
    ipv4Enabled: publicIp ?? false,
    privateNetwork:
      privateNetwork === undefined ? undefined : values.apply((known) => known.privateNetwork ?? privateNetwork),
    allocatedIpRange: allocatedRange,
    sslMode: SSL_MODES[member.gcp?.sslMode ?? 'encrypted-only'],
    pscConfigs:
      pscProjects === undefined
        ? undefined
        : [{ pscEnabled: pscProjects.length > 0, allowedConsumerProjects: pscProjects.slice() }],
  };
}
