import { formatDuration } from '../duration';
import { ENGINES } from '../engines';
import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { auroraNumber, instancesOf, MOST_SECONDARIES } from './cluster-facts';
import { listOf } from './list-of';
import { memberRule, topologyRule, type Rule } from './rule';

const KINDS = ['global'] as const;

/** Seconds of `rds.global_db_rpo`. Source: Amazon Aurora User Guide, "Managing RPOs for Aurora PostgreSQL-based global databases". */
const LEAST_RPO = 20;
const MOST_RPO = 2_147_483_647;
const RPO_PARAMETER = 'rds.global_db_rpo';

/** Burstable classes, and those before r5. */
const UNSUITED_CLASS = /^db\.(t\w+|r[34])\./;

function neighbour(member: Member, view: TopologyView): Member | undefined {
  if (member.retired !== undefined || member.region === undefined) return undefined;
  return view.active.find((other) => other !== member && other.region === member.region);
}

function unsuited(member: Member): string | undefined {
  return instancesOf(member).find(({ size = '' }) => UNSUITED_CLASS.test(size))?.id;
}

/** Major and minor, as far as they are written: `16.8`, `3.08` of `8.0.mysql_aurora.3.08.2`. */
function minorOf(version: string): string {
  return auroraNumber(version).split('.').slice(0, 2).join('.');
}

function versionDiffers(member: Member, view: TopologyView): boolean {
  const [own, other] = [member.version, view.primary?.version];
  if (!view.isReplica(member) || own === undefined || other === undefined) return false;
  return minorOf(own) !== minorOf(other);
}

/** Clusters that stop commits when the others are behind. */
function withRpo(view: TopologyView): readonly Member[] {
  return view.active.filter(({ aws }) => aws.rpo !== undefined);
}

/** An Aurora Global Database. Source: Amazon Aurora User Guide, "Limitations of Amazon Aurora Global Database". */
export const AURORA_GLOBAL_RULES: readonly Rule[] = [
  topologyRule({
    code: 'too-many-secondaries',
    severity: 'error',
    kinds: KINDS,
    about: 'a global database has at most ten secondary Regions',
    when: (view) => view.replicas.length > MOST_SECONDARIES,
    message: (view) => ({
      at: ['members'],
      problem: `there are ${view.replicas.length} secondaries`,
      allowed: `at most ${MOST_SECONDARIES}`,
      fix: 'remove some, or make a second topology',
    }),
  }),
  memberRule({
    code: 'region-taken',
    severity: 'error',
    kinds: KINDS,
    about: 'a global database has one cluster in each Region',
    when: (member, view) => neighbour(member, view) !== undefined,
    message: (member, view) => ({
      at: ['region'],
      problem: `${member.id} and ${neighbour(member, view)?.id} are both in ${member.region}`,
      allowed: 'one cluster of a global database in each Region',
      fix: 'give one cluster more instances, or take another Region',
    }),
  }),
  memberRule({
    code: 'class-unsuited-for-global',
    severity: 'error',
    kinds: KINDS,
    about: 'instances of a global database are memory-optimised, r5 or later, or serverless: no burstable class',
    when: (member) => unsuited(member) !== undefined,
    message: (member) => {
      const id = unsuited(member) ?? '';
      const size = instancesOf(member).find((each) => each.id === id)?.size;
      return {
        at: ['instances', id, 'size'],
        problem: `${id} of ${member.id} is a ${size}`,
        allowed: 'db.r5 or later, db.x2g, or db.serverless',
        fix: 'take for example db.r7g.large',
      };
    },
  }),
  memberRule({
    code: 'headless-secondary',
    severity: 'warning',
    kinds: KINDS,
    about: 'a secondary that may be promoted has an instance',
    when: (member, view) => view.isReplica(member) && member.promotion !== 'never' && member.instances?.length === 0,
    message: (member) => ({
      at: ['instances'],
      problem: `${member.id} has priority ${member.promotion} and no instance: it cannot be promoted until it has one`,
      allowed: 'an instance, or `promotion: never`; a headless secondary keeps the data and costs no server',
      fix: 'add an instance, or be ready to add one before a promotion',
    }),
  }),
  memberRule({
    code: 'global-version-differs',
    severity: 'error',
    kinds: KINDS,
    about: 'all clusters of a global database have the same major and minor version',
    when: versionDiffers,
    message: (member, view) => ({
      at: ['version'],
      problem: `${member.id} is on ${auroraNumber(member.version ?? '')} and the primary ${view.primary?.id} on ${auroraNumber(view.primary?.version ?? '')}`,
      allowed: `${minorOf(view.primary?.version ?? '')}: with another major or minor version no switchover is possible`,
      fix: 'write the version once, in engine.version; upgrade secondaries first and the primary at once after them',
    }),
  }),
  topologyRule({
    code: 'managed-password-in-global',
    severity: 'error',
    kinds: KINDS,
    about: 'no RDS-managed master password in a global database',
    when: ({ topology }) => topology.aws.credentials === 'rds-managed',
    message: () => ({
      at: ['aws', 'credentials'],
      problem: 'the master password is managed by RDS and the kind is global',
      allowed: 'self-managed: RDS manages no master password of a global database',
      fix: 'set `credentials: self-managed` (the secret is then made here and replicated)',
    }),
  }),
  memberRule({
    code: 'reader-scaling-on-secondary',
    severity: 'error',
    kinds: KINDS,
    about: 'readers scale only where writes are taken: not on a secondary that is never promoted',
    // Where it may be promoted, the readers begin to scale with that.
    when: (member, view) =>
      view.isReplica(member) && member.promotion === 'never' && member.aws.readerScaling !== undefined,
    message: (member) => ({
      at: ['aws', 'readerScaling'],
      problem: `the readers of ${member.id} are to scale, and it is a secondary that is never promoted`,
      allowed: 'clusters that are, or may become, the primary: Aurora scales no readers of a secondary',
      fix: 'take readerScaling away, and declare the instances that are needed',
    }),
  }),
  memberRule({
    code: 'rpo-unsupported',
    severity: 'error',
    kinds: KINDS,
    about: 'commits can wait for secondaries (rpo) on Aurora PostgreSQL only',
    when: ({ aws }, { topology }) => aws.rpo !== undefined && topology.engine.name !== 'aurora-postgresql',
    message: (member, { topology }) => ({
      at: ['aws', 'rpo'],
      problem: `${member.id} has an rpo and the engine is ${ENGINES[topology.engine.name].title}`,
      allowed: `rpo, which is ${RPO_PARAMETER}, on Aurora PostgreSQL only`,
      fix: 'take it away; the lag alarm tells of what would be lost',
    }),
  }),
  memberRule({
    code: 'rpo-range',
    severity: 'error',
    kinds: KINDS,
    about: 'rpo is 20 s or more',
    when: ({ aws: { rpo } }) => rpo !== undefined && (rpo < LEAST_RPO || rpo > MOST_RPO),
    message: ({ id, aws: { rpo = 0 } }) => ({
      at: ['aws', 'rpo'],
      problem: `the rpo of ${id} is ${formatDuration(rpo)}`,
      allowed: `${LEAST_RPO}s or more (up to ${MOST_RPO} s)`,
      fix: `set \`rpo: ${LEAST_RPO}s\`, or leave it out`,
    }),
  }),
  topologyRule({
    code: 'rpo-on-both',
    severity: 'error',
    kinds: KINDS,
    about: 'of two Regions, one at most has an rpo: else the loss of one stops the writes of the other',
    when: (view) => view.active.length === 2 && withRpo(view).length === 2,
    message: (view) => ({
      at: ['members', view.topology.primary, 'aws', 'rpo'],
      problem: `${listOf(withRpo(view).map(({ id }) => id))} both have an rpo: when one is lost, the other waits for it and takes no writes`,
      allowed: 'an rpo on one of two clusters, or on more of three and more',
      fix: 'take it away from one of them',
    }),
  }),
  topologyRule({
    code: 'rpo-as-parameter',
    severity: 'error',
    kinds: KINDS,
    about: 'rds.global_db_rpo is said as rpo of a member: as a parameter it would be set everywhere',
    when: ({ topology }) => RPO_PARAMETER in topology.aws.parameters,
    message: () => ({
      at: ['aws', 'parameters', RPO_PARAMETER],
      problem: `${RPO_PARAMETER} is among the parameters, which are the same in every Region`,
      allowed: 'rpo below `aws` of those members that are to have it as primary',
      fix: 'write it there',
    }),
  }),
];
