import { formatDuration } from '../duration';
import { ENGINES } from '../engines';
import { nearest } from '../nearest';
import { awsRegions, partitionOf } from '../regions';
import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { isAtLeast } from '../version';
import { listOf } from './list-of';
import { memberRule, topologyRule, type Rule } from './rule';

/** First minor of each major in which a PostgreSQL replica can be delayed by `recovery_min_apply_delay`. */
const DELAY_FROM: Readonly<Record<string, string>> = { '14': '14.19', '15': '15.14', '16': '16.10', '17': '17.6' };

/** Most seconds of `recovery_min_apply_delay` that RDS takes. */
const LONGEST_DELAY = 86_400;

function partitions(view: TopologyView): readonly string[] {
  const found = view.topology.members.map(({ region }) => (region === undefined ? undefined : partitionOf(region)));
  return [...new Set(found.filter((partition) => partition !== undefined))];
}

function delayProblem(member: Member, view: TopologyView): string | undefined {
  const { delay } = member.aws;
  const { name } = view.topology.engine;
  if (!delay) return undefined;
  if (member.replicaOf === undefined) return 'it is the origin';
  if (name !== 'postgres')
    return ['mysql', 'mariadb'].includes(name) ? undefined : `${ENGINES[name].title} has no delayed replicas`;
  if (delay > LONGEST_DELAY) return `${formatDuration(delay)} is more than ${formatDuration(LONGEST_DELAY)}`;
  const { version } = member;
  const major = version?.split('.')[0] ?? '';
  if (version === undefined || Number(major) > 17) return undefined;
  const least = DELAY_FROM[major];
  return least !== undefined && isAtLeast(version, least) ? undefined : `it runs PostgreSQL ${version}`;
}

/** Regions and modes. */
export const PLACEMENT_RULES: readonly Rule[] = [
  memberRule({
    code: 'region-unknown',
    severity: 'error',
    about: 'the Region exists',
    when: ({ region }) => region !== undefined && partitionOf(region) === undefined,
    message: ({ region = '' }) => {
      const meant = nearest(region, awsRegions());
      return {
        at: ['region'],
        problem: `region is ${region}, which is no AWS Region`,
        allowed: 'the code of an AWS Region, for example eu-west-1',
        fix: meant === undefined ? 'write the code, not the name or a zone' : `did you mean ${meant}?`,
      };
    },
  }),
  topologyRule({
    code: 'partition-mixed',
    severity: 'error',
    about: 'all Regions are in one partition',
    when: (view) => partitions(view).length > 1,
    message: (view) => ({
      at: ['members'],
      problem: `the Regions are in the partitions ${listOf(partitions(view))}`,
      allowed: 'Regions of one partition: RDS does not replicate between partitions',
      fix: 'make a topology for each partition',
    }),
  }),
  memberRule({
    code: 'replica-mode-unsupported',
    severity: 'error',
    about: 'only replicas of Oracle and Db2 have a replica mode',
    when: (member, { topology }) =>
      member.aws.replicaMode !== undefined &&
      (!ENGINES[topology.engine.name].replicaModes || member.replicaOf === undefined),
    message: (member, { topology }) => ({
      at: ['aws', 'replicaMode'],
      problem: `replicaMode is ${member.aws.replicaMode} on ${member.replicaOf === undefined ? 'the origin' : ENGINES[topology.engine.name].title}`,
      allowed: 'open-read-only or mounted on replicas of Oracle or Db2, none elsewhere',
      fix: 'take replicaMode away',
    }),
  }),
  memberRule({
    code: 'delay-unsupported',
    severity: 'error',
    about: 'delayed replicas: MySQL, MariaDB, and PostgreSQL 14.19, 15.14, 16.10, 17.6 or later, up to a day',
    when: (member, view) => delayProblem(member, view) !== undefined,
    message: (member, view) => ({
      at: ['aws', 'delay'],
      problem: `${member.id} is to stay ${formatDuration(member.aws.delay ?? 0)} behind, but ${delayProblem(member, view)}`,
      allowed: 'replicas of MySQL and MariaDB; of PostgreSQL 14.19, 15.14, 16.10, 17.6 or later up to 1d',
      fix: 'take the delay away, or upgrade',
    }),
  }),
  topologyRule({
    code: 'db2-license-parameters',
    severity: 'error',
    about: 'Db2 with its own licence names customer and site in the parameters',
    when: ({ topology: { engine, aws } }) =>
      engine.name === 'db2' &&
      aws.license === 'bring-your-own-license' &&
      !(aws.parameters['rds.ibm_customer_id'] && aws.parameters['rds.ibm_site_id']),
    message: ({ topology }) => ({
      at: ['aws', 'parameters'],
      problem: `Db2 with bring-your-own-license has the parameters ${listOf(Object.keys(topology.aws.parameters)) || 'none'}`,
      allowed: 'parameters with rds.ibm_customer_id and rds.ibm_site_id',
      fix: 'add both',
    }),
  }),
];
