import { formatDuration } from '../duration';
import { gcpMemberRule, gcpRule } from './gcp-rule';
import { listOf } from './list-of';
import type { Rule } from './rule';

/** How old the newest sample in Cloud Monitoring can be, rounded up to whole samples. */
const VISIBILITY = 180;
const [LEAST_LAG, MOST_LAG] = [300, 31_536_000];

/** Backups, logs, lag. Source: Google's pages on backups of replicas and replication lag; @pulumi/gcp 9.37.0. */
export const GCP_DURABILITY_RULES: readonly Rule[] = [
  gcpMemberRule(
    {
      code: 'replica-keeps-backups',
      severity: 'error',
      about: 'on Google only the primary keeps backups: whoever can never be primary has no retention',
    },
    (member, view) =>
      member.replicaOf !== undefined &&
      member.promotion === 'never' &&
      (member.retentionDays ?? 0) > 0 &&
      view.view.sourceOf(member)?.retentionDays !== member.retentionDays
        ? [
            {
              at: ['retention'],
              problem: `${member.id} is never promoted and its retention is ${member.retentionDays ?? 0}d: Cloud SQL has no backups of replicas`,
              allowed: 'a retention for members that can be primary; it holds while they are',
              fix: 'take retention away',
            },
          ]
        : [],
  ),
  gcpMemberRule(
    {
      code: 'binary-log-off',
      severity: 'error',
      about: 'a MySQL member that has replicas writes a binary log',
    },
    (member, view) => {
      const followers = view.view.followersOf(member);
      return view.engine.name === 'mysql' && view.of(member).binaryLog === false && followers.length > 0
        ? [
            {
              at: ['gcp', 'binaryLog'],
              problem: `${member.id} has replicas (${listOf(followers.map(({ id }) => id))}) and writes no binary log`,
              allowed: 'a binary log on every member that others follow',
              fix: 'take `binaryLog: false` away',
            },
          ]
        : [];
    },
  ),
  gcpRule(
    {
      code: 'primary-without-backups',
      severity: 'error',
      about: 'a MySQL primary on Cloud SQL that has replicas keeps backups; so does any with a standby',
    },
    ({ view, engine, primary }) => {
      if (primary?.retentionDays !== 0) return [];
      const followers = engine.name === 'mysql' ? view.followersOf(primary) : [];
      const why = [
        ...(followers.length === 0 ? [] : [`replicas (${listOf(followers.map(({ id }) => id))})`]),
        ...(primary.standby === 'regional' ? ['a standby'] : []),
      ];
      return why.length === 0
        ? []
        : [
            {
              at: ['members', primary.id, 'retention'],
              problem: `${primary.id} has ${listOf(why)} and its retention is 0d`,
              allowed: '1d or more: both are made from backups and logs',
              fix: 'set `retention: 7d`',
            },
          ];
    },
  ),
  gcpMemberRule(
    {
      code: 'backup-range',
      severity: 'error',
      about: 'on Google, retention is 0 to 365 whole days',
    },
    (member, { view }) => {
      const days = member.retentionDays;
      return days !== undefined &&
        view.sourceOf(member)?.retentionDays !== days &&
        (days > 365 || !Number.isInteger(days))
        ? [
            {
              at: ['retention'],
              problem: `retention is ${formatDuration(Math.round(days * 86_400))}`,
              allowed: 'whole days from 0d to 365d',
              fix: 'write for example `retention: 7d`',
            },
          ]
        : [];
    },
  ),
  gcpMemberRule(
    {
      code: 'recreation-lag-range',
      severity: 'error',
      about: 'only replicas are recreated after a lag, and it is 5m to 365d',
    },
    (member, view) => {
      const lag = view.of(member).recreateAfterLag;
      if (lag === undefined) return [];
      const isPrimary = view.primary === member;
      if (!isPrimary && lag >= LEAST_LAG && lag <= MOST_LAG) return [];
      return [
        {
          at: ['gcp', 'recreateAfterLag'],
          problem: isPrimary
            ? `${member.id} is the primary and is to be recreated after a lag`
            : `${member.id} is to be recreated after a lag of ${formatDuration(lag)}`,
          allowed: `${formatDuration(LEAST_LAG)} to ${formatDuration(MOST_LAG)}, on replicas`,
          fix: isPrimary ? 'take recreateAfterLag away' : 'write it so',
        },
      ];
    },
  ),
  gcpMemberRule(
    {
      code: 'recreation-before-alarm',
      severity: 'warning',
      about: 'a replica is not recreated at a lag that raises no alert yet',
    },
    (member, view) => {
      const lag = view.of(member).recreateAfterLag;
      const alarm = view.view.topology.objectives.lag;
      return lag !== undefined && lag < alarm && view.primary !== member
        ? [
            {
              at: ['gcp', 'recreateAfterLag'],
              problem: `${member.id} is recreated after a lag of ${formatDuration(lag)}, and the alert comes at ${formatDuration(alarm)}`,
              allowed: `${formatDuration(alarm)} or more, so that a person hears of it first`,
              fix: 'raise recreateAfterLag, or lower objectives.lag',
            },
          ]
        : [];
    },
  ),
  gcpRule(
    {
      code: 'alarm-too-hasty',
      severity: 'warning',
      about: 'an alert waits for 3m or more: metrics of Cloud SQL are up to 165 s old',
    },
    ({ gcp }) =>
      gcp.alarmAfter < VISIBILITY
        ? [
            {
              at: ['gcp', 'alarmAfter'],
              problem: `alerts come after ${formatDuration(gcp.alarmAfter)}, and what Cloud Monitoring shows is up to 165 s old`,
              allowed: `${formatDuration(VISIBILITY)} or more; 5m is calm`,
              fix: 'raise alarmAfter',
            },
          ]
        : [],
  ),
];
