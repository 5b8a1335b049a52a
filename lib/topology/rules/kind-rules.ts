import { ENGINE_NAMES, ENGINES } from '../engines';
import { isAurora, type TopologyKind } from '../kinds';
import type { AwsMember, Member, Storage, Topology } from '../topology';
import type { TopologyView } from '../topology-view';
import { listOf } from './list-of';
import { memberRule, topologyRule, type Rule } from './rule';

const CLUSTER_FIELDS: readonly (keyof AwsMember)[] = ['capacity', 'readerScaling', 'endpoints'];
const VOLUME_FIELDS: readonly (keyof Storage)[] = ['gib', 'iops', 'throughput', 'growTo'];

const VOLUMES: Readonly<Record<TopologyKind, readonly string[]>> = {
  instances: ['gp2', 'gp3', 'io1', 'io2'],
  cluster: ['aurora', 'aurora-iopt1'],
  global: ['aurora', 'aurora-iopt1'],
  'multi-az-cluster': ['gp3', 'io1', 'io2'],
};

/** Days of backups of any cluster. Source: API reference of CreateDBCluster, BackupRetentionPeriod. */
const MOST_DAYS = 35;

function engineFits({ topology: { engine, kind } }: TopologyView): boolean {
  return ENGINES[engine.name].kinds.includes(kind);
}

/** The first field of a member that nothing of this kind has. */
function strangeField(member: Member, { topology: { kind } }: TopologyView): readonly string[] | undefined {
  const aws = (isAurora(kind) ? [] : CLUSTER_FIELDS).find((field) => member.aws[field] !== undefined);
  if (aws !== undefined) return ['aws', aws];
  if (kind !== 'global' && member.aws.rpo !== undefined) return ['aws', 'rpo'];
  if (!isAurora(kind)) {
    if (member.instances !== undefined) return ['instances'];
    return kind !== 'instances' && member.standby !== undefined ? ['standby'] : undefined;
  }
  if (member.standby !== undefined) return ['standby'];
  const volume = VOLUME_FIELDS.find((field) => member.storage[field] !== undefined);
  return volume === undefined ? undefined : ['storage', volume];
}

function strangeSetting({ kind, aws }: Topology): readonly string[] | undefined {
  if (kind !== 'global' && aws.globalIdentifier !== undefined) return ['aws', 'globalIdentifier'];
  if (kind !== 'global' && aws.writeForwarding?.global === true) return ['aws', 'writeForwarding', 'global'];
  return !isAurora(kind) && aws.writeForwarding?.local === true ? ['aws', 'writeForwarding', 'local'] : undefined;
}

/** What a kind of topology is made of. */
export const KIND_RULES: readonly Rule[] = [
  topologyRule({
    code: 'engine-unsuited',
    severity: 'error',
    about: 'Aurora is for the kinds cluster and global, MySQL and PostgreSQL also for multi-az-cluster',
    when: (view) => !engineFits(view),
    message: ({ topology: { engine, kind } }) => ({
      at: ['engine', 'name'],
      problem: `the kind is ${kind} and the engine ${ENGINES[engine.name].title}`,
      allowed: listOf(
        ENGINE_NAMES.filter((name) => ENGINES[name].kinds.includes(kind)),
        'or',
      ),
      fix: `take one of these, or the kind ${listOf(ENGINES[engine.name].kinds, 'or')}`,
    }),
  }),
  memberRule({
    code: 'field-unsuited',
    severity: 'error',
    about: 'members have the fields of their kind: instances of Aurora clusters, volumes and standbys of all others',
    when: (member, view) => engineFits(view) && strangeField(member, view) !== undefined,
    message: (member, view) => {
      const field = strangeField(member, view) ?? [];
      return {
        at: field,
        problem: `${member.id} has ${field.join('.')}, which nothing of the kind ${view.topology.kind} has`,
        allowed: isAurora(view.topology.kind)
          ? 'instances in tiers; an Aurora volume grows by itself, and is in three zones'
          : 'a size and a volume',
        fix: 'take it away, or change the kind',
      };
    },
  }),
  topologyRule({
    code: 'setting-unsuited',
    severity: 'error',
    about: 'write forwarding and the identifier of a global database are for Aurora, and for the kind global',
    when: (view) => engineFits(view) && strangeSetting(view.topology) !== undefined,
    message: ({ topology }) => {
      const field = strangeSetting(topology) ?? [];
      return {
        at: field,
        problem: `${field.slice(1).join('.')} is given and the kind is ${topology.kind}`,
        allowed: 'local write forwarding for cluster and global; the others for global only',
        fix: 'take it away',
      };
    },
  }),
  memberRule({
    code: 'volume-unsuited',
    severity: 'error',
    about: 'volume types: gp2, gp3, io1, io2; of Multi-AZ DB clusters no gp2; of Aurora aurora and aurora-iopt1',
    when: (member, view) => {
      const { type } = member.storage;
      return engineFits(view) && type !== undefined && !VOLUMES[view.topology.kind].includes(type);
    },
    message: (member, { topology: { kind } }) => ({
      at: ['storage', 'type'],
      problem: `the storage type of ${member.id} is ${member.storage.type} and the kind is ${kind}`,
      allowed: listOf(VOLUMES[kind], 'or'),
      fix: 'write one of these, or leave it out',
    }),
  }),
  memberRule({
    code: 'cluster-retention-range',
    severity: 'error',
    kinds: ['cluster', 'global', 'multi-az-cluster'],
    about: 'retention of a cluster is 1 to 35 whole days',
    when: ({ retentionDays: days }) => days !== undefined && (days < 1 || days > MOST_DAYS || !Number.isInteger(days)),
    message: ({ id, retentionDays = 0 }) => ({
      at: ['retention'],
      problem: `${id} keeps backups for ${Math.round(retentionDays * 100) / 100} days`,
      allowed: `whole days from 1d to ${MOST_DAYS}d: a cluster always has backups`,
      fix: 'write for example `retention: 7d`',
    }),
  }),
  topologyRule({
    code: 'automatic-unsuited',
    severity: 'error',
    kinds: ['cluster', 'global', 'multi-az-cluster'],
    about: 'only of instances a runbook fails over by itself: Aurora promotes whether its own fence holds or not',
    when: ({ topology }) => topology.aws.runbook?.automatic !== undefined,
    message: ({ topology }) => ({
      at: ['aws', 'runbook', 'automatic'],
      problem: `the runbook is to fail over by itself and the kind is ${topology.kind}`,
      allowed: 'automatic for the kind instances; inside a cluster the cloud fails over by itself',
      fix: 'take automatic away: a person decides',
    }),
  }),
  topologyRule({
    code: 'managed-password-unsuited',
    severity: 'error',
    kinds: ['multi-az-cluster'],
    about: 'the master password of a Multi-AZ DB cluster is self-managed: one that RDS manages is not made here yet',
    when: ({ topology }) => topology.aws.credentials === 'rds-managed',
    message: () => ({
      at: ['aws', 'credentials'],
      problem: 'RDS is to manage the master password, and the kind is multi-az-cluster',
      allowed: 'self-managed',
      fix: 'leave credentials out',
    }),
  }),
  topologyRule({
    code: 'multi-az-cluster-alone',
    severity: 'error',
    kinds: ['multi-az-cluster'],
    about: 'a Multi-AZ DB cluster is the only member of its topology',
    when: ({ topology }) => topology.members.length > 1,
    message: ({ topology }) => ({
      at: ['members'],
      problem: `there are ${topology.members.length} members`,
      allowed: 'one: the cluster has its two readers by itself',
      fix: 'take the others away, or the kind instances',
    }),
  }),
];
