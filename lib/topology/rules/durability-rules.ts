import { formatDuration } from '../duration';
import { ENGINES, replicasKeepBackups } from '../engines';
import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { canCascade } from './can-cascade';
import { listOf } from './list-of';
import { memberRule, topologyRule, type Rule } from './rule';

/** How far PostgreSQL's ReplicaLag climbs on an idle primary: RDS switches its log file every 300 s. */
export const IDLE_CLIMB = 300;

function replicaBackupsRefused(member: Member, view: TopologyView): boolean {
  if (!view.isReplica(member) || !member.retentionDays) return false;
  return replicasKeepBackups(view.topology.engine.name, member.version) === false;
}

/** Backups and objectives. */
export const DURABILITY_RULES: readonly Rule[] = [
  memberRule({
    code: 'retention-range',
    severity: 'error',
    kinds: ['instances'],
    about: 'retention is 0 to 35 whole days',
    when: ({ retentionDays: days }) => days !== undefined && (days > 35 || !Number.isInteger(days)),
    message: (member) => ({
      at: ['retention'],
      problem: `retention is ${formatDuration(Math.round((member.retentionDays ?? 0) * 86_400))}`,
      allowed: 'whole days from 0d to 35d',
      fix: 'write for example `retention: 7d`; AWS Backup keeps longer',
    }),
  }),
  memberRule({
    code: 'source-without-backups',
    severity: 'error',
    kinds: ['instances'],
    about: 'every member that has replicas keeps backups',
    when: (member, view) =>
      member.retentionDays === 0 && view.followersOf(member).length > 0 && canCascade(member, view),
    message: (member, view) => ({
      at: ['retention'],
      problem: `${member.id} has replicas (${listOf(view.followersOf(member).map((each) => each.id))}) and its retention is 0d`,
      allowed: '1d to 35d: RDS creates replicas only from instances with automatic backups',
      fix: 'set `retention: 7d`',
    }),
  }),
  memberRule({
    code: 'replica-backups-unsupported',
    severity: 'error',
    kinds: ['instances'],
    about: 'SQL Server and PostgreSQL before 14.1 keep no backups on replicas',
    when: replicaBackupsRefused,
    message: (member, view) => {
      const { title, replicaBackupsFrom } = ENGINES[view.topology.engine.name];
      return {
        at: ['retention'],
        problem: `${member.id} is a replica on ${title}${replicaBackupsFrom === undefined ? '' : ` ${member.version}`} and its retention is ${member.retentionDays}d`,
        allowed:
          replicaBackupsFrom === undefined
            ? '0d for replicas'
            : `0d for replicas before ${title} ${replicaBackupsFrom}`,
        fix: 'set `retention: 0d`; the promotion turns backups on',
      };
    },
  }),
  topologyRule({
    code: 'lag-above-data-loss',
    severity: 'error',
    about: 'the lag objective is not above the data-loss objective',
    when: ({ topology: { objectives } }) => objectives.dataLoss !== undefined && objectives.lag > objectives.dataLoss,
    message: ({ topology: { objectives } }) => ({
      at: ['objectives', 'lag'],
      problem: `the alarm fires at a lag of ${formatDuration(objectives.lag)}, but at most ${formatDuration(objectives.dataLoss ?? 0)} of writes may be lost`,
      allowed: `a lag of at most ${formatDuration(objectives.dataLoss ?? 0)}`,
      fix: 'lower objectives.lag or raise objectives.dataLoss',
    }),
  }),
  topologyRule({
    code: 'heartbeat-above-lag',
    severity: 'error',
    about: 'the heartbeat is more frequent than the lag objective',
    when: ({ topology: { heartbeat, objectives } }) => heartbeat !== undefined && heartbeat >= objectives.lag,
    message: ({ topology: { heartbeat, objectives } }) => ({
      at: ['heartbeat'],
      problem: `the primary commits every ${formatDuration(heartbeat ?? 0)} and the lag objective is ${formatDuration(objectives.lag)}: a healthy replica could look late`,
      allowed: `a heartbeat below ${formatDuration(objectives.lag)}`,
      fix: 'write a heartbeat more often, or raise objectives.lag',
    }),
  }),
  topologyRule({
    code: 'idle-lag-climb',
    severity: 'warning',
    kinds: ['instances'],
    about: "PostgreSQL's lag metric climbs to 300 s on an idle primary: a smaller lag objective needs a heartbeat",
    when: ({ topology, replicas }) =>
      topology.engine.name === 'postgres' &&
      topology.heartbeat === undefined &&
      topology.objectives.lag <= IDLE_CLIMB &&
      replicas.length > 0,
    message: ({ topology }) => ({
      at: ['objectives', 'lag'],
      problem: `the lag objective is ${formatDuration(topology.objectives.lag)}, but PostgreSQL's ReplicaLag climbs to ${IDLE_CLIMB} s whenever the primary is idle, so the alarm cannot fire below that`,
      allowed: `a lag above ${formatDuration(IDLE_CLIMB)}, or a heartbeat`,
      fix: 'if the primary commits all the time, or a job writes a heartbeat, say how often: `heartbeat: 10s`',
    }),
  }),
];
