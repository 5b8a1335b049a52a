import type { CloudSqlView } from '../gcp/cloud-sql-view';
import type { Member } from '../topology';
import { isAtLeast } from '../version';
import { gcpRule } from './gcp-rule';
import { listOf } from './list-of';
import type { Message, Rule } from './rule';

/** PostgreSQL's flags that a DR replica has to have as the primary has them. Unset ones follow the tier. */
const EQUAL_FLAGS = [
  ...['max_connections', 'max_worker_processes', 'max_wal_senders', 'max_prepared_transactions'],
  ...['max_locks_per_transaction', 'max_parallel_workers', 'max_parallel_maintenance_workers'],
  'max_parallel_workers_per_gather',
];

const FORBIDDEN_FLAGS: Readonly<Record<string, RegExp>> = {
  mysql: /^replicate_(do|ignore|wild)/,
  postgres: /^cloudsql\.logical_decoding$/,
};

const OFF = new Set(['off', 'false', '0', 'no']);

const LEAST_VERSION: Readonly<Record<string, string>> = { mysql: '8.0.31', postgres: '12' };

/** The primary and its DR replica, when both are there and it is where it should be. */
function pairOf(view: CloudSqlView): readonly [primary: Member, replica: Member] | undefined {
  const { primary, drReplica } = view;
  return primary === undefined || drReplica === undefined || misplaced(view) !== undefined
    ? undefined
    : [primary, drReplica];
}

function misplaced(view: CloudSqlView): string | undefined {
  const { primary, drReplica, engine } = view;
  if (engine.name === 'sqlserver') return 'SQL Server has none: its cascadable replicas can take over';
  if (primary === undefined || drReplica === undefined) return undefined;
  if (drReplica === primary) return `${drReplica.id} is the primary`;
  if (view.view.followedBy(drReplica) !== primary) return `${drReplica.id} does not follow ${primary.id} itself`;
  if (view.isPool(drReplica)) return `${drReplica.id} is a read pool`;
  if (drReplica.region !== undefined && drReplica.region === primary.region)
    return `${drReplica.id} is in ${drReplica.region} like the primary ${primary.id}`;
  return undefined;
}

function forbiddenFlags(view: CloudSqlView, members: readonly Member[]): readonly string[] {
  const pattern = FORBIDDEN_FLAGS[view.engine.name];
  const set = members.flatMap((member) =>
    Object.entries(view.of(member).flags).map(([flag, value]) => ({ flag, value, id: member.id })),
  );
  return set
    .filter(({ flag, value }) => pattern?.test(flag) === true && !OFF.has(value.toLowerCase()))
    .map(({ flag, id }) => `${flag} of ${id}`);
}

/** One breach at `gcp.drReplica`. */
function breach(problem: string, allowed: string, fix: string): readonly Message[] {
  return [{ at: ['gcp', 'drReplica'], problem, allowed, fix }];
}

function versionBreach(view: CloudSqlView): readonly Message[] {
  const pair = pairOf(view);
  const least = LEAST_VERSION[view.engine.name];
  if (pair === undefined || least === undefined) return [];
  const [primary, replica] = pair;
  if (primary.version !== replica.version && primary.version !== undefined && replica.version !== undefined)
    return breach(
      `${replica.id} runs ${replica.version} and the primary ${primary.id} ${primary.version}`,
      'the same version, the minor too',
      'write the version once, in engine.version',
    );
  return primary.version === undefined || isAtLeast(primary.version, least)
    ? []
    : breach(
        `the primary ${primary.id} runs ${primary.version}`,
        `${least} or later for a DR replica`,
        'upgrade, or take drReplica away',
      );
}

function logBreach(view: CloudSqlView): readonly Message[] {
  const pair = pairOf(view);
  if (pair === undefined) return [];
  const [primary] = pair;
  if (view.engine.name === 'mysql') {
    const silent = pair.filter((member) => view.of(member).binaryLog === false);
    return silent.length === 0
      ? []
      : breach(
          `${listOf(silent.map(({ id }) => id))} ${silent.length > 1 ? 'write' : 'writes'} no binary log`,
          'a binary log on the primary and on the DR replica',
          'take `binaryLog: false` away',
        );
  }
  const isKept = view.gcp.pointInTimeRecovery && primary.retentionDays !== 0;
  return view.engine.name !== 'postgres' || isKept
    ? []
    : breach(
        `the primary ${primary.id} keeps no logs for point-in-time recovery`,
        'point-in-time recovery on the primary while there is a DR replica',
        'take `pointInTimeRecovery: false` and a retention of 0d away',
      );
}

/** Disaster recovery. Source: Google's pages "Use advanced disaster recovery". One DR replica is all that can be said. */
export const GCP_DR_RULES: readonly Rule[] = [
  gcpRule(
    { code: 'dr-replica-unknown', severity: 'error', about: '`gcp.drReplica` names a member that takes part' },
    (view) =>
      view.gcp.drReplica === undefined || view.drReplica !== undefined
        ? []
        : breach(
            `drReplica is ${view.gcp.drReplica}, which is ${view.view.get(view.gcp.drReplica) === undefined ? 'no member' : 'retired'}`,
            listOf(
              view.electable.filter((member) => member !== view.primary).map(({ id }) => id),
              'or',
            ) || 'nobody: no other member can be primary',
            'name one of them, or take drReplica away',
          ),
  ),
  gcpRule(
    {
      code: 'dr-replica-misplaced',
      severity: 'error',
      about: 'the DR replica follows the primary itself, from another region, and is no read pool; SQL Server has none',
    },
    (view) => {
      const problem = view.gcp.drReplica === undefined ? undefined : misplaced(view);
      return problem === undefined
        ? []
        : breach(
            `drReplica is ${view.gcp.drReplica ?? ''}, but ${problem}`,
            'a replica of MySQL or PostgreSQL that follows the primary itself, in another region, and is no read pool',
            'name such a member, or take drReplica away',
          );
    },
  ),
  gcpRule(
    { code: 'dr-replica-edition', severity: 'error', about: 'a DR replica and its primary are Enterprise Plus' },
    (view) => {
      const lesser = (pairOf(view) ?? []).filter((member) => view.of(member).edition === 'enterprise');
      return lesser.length === 0
        ? []
        : breach(
            `of the edition enterprise ${lesser.length > 1 ? 'are' : 'is'} ${listOf(lesser.map(({ id }) => id))}`,
            'enterprise-plus for the primary and its DR replica',
            'take that edition, or take drReplica away and promote by hand',
          );
    },
  ),
  gcpRule(
    {
      code: 'dr-replica-version',
      severity: 'error',
      about: "a DR replica has its primary's version: MySQL from 8.0.31, PostgreSQL from 12 on",
    },
    versionBreach,
  ),
  gcpRule(
    {
      code: 'dr-replica-logs',
      severity: 'error',
      about: 'a DR replica needs binary logs (MySQL) or point-in-time recovery of the primary (PostgreSQL)',
    },
    logBreach,
  ),
  gcpRule(
    {
      code: 'dr-replica-flags',
      severity: 'error',
      about: 'no replication filters or logical decoding with a DR replica, and equal standby flags (PostgreSQL)',
    },
    (view) => {
      const pair = pairOf(view);
      if (pair === undefined) return [];
      const forbidden = forbiddenFlags(view, pair);
      const [own, other] = pair.map((member) => view.of(member).flags);
      const differing =
        view.engine.name === 'postgres' ? EQUAL_FLAGS.filter((flag) => own?.[flag] !== other?.[flag]) : [];
      const why = [
        ...(forbidden.length === 0 ? [] : [`set ${forbidden.length > 1 ? 'are' : 'is'} ${listOf(forbidden)}`]),
        ...(differing.length === 0 ? [] : [`${listOf(differing)} ${differing.length > 1 ? 'differ' : 'differs'}`]),
      ];
      return why.length === 0
        ? []
        : breach(
            `between ${pair[0].id} and its DR replica ${pair[1].id}, ${listOf(why)}`,
            'no replicate_… filters, no cloudsql.logical_decoding, and the same standby flags on both',
            'set flags in gcp.flags, for all members',
          );
    },
  ),
  gcpRule(
    {
      code: 'dr-replica-ssl',
      severity: 'error',
      about: 'a DR replica accepts the same connections as its primary, or clients break when it takes over',
    },
    (view) => {
      const [primary, replica] = (pairOf(view) ?? []).map((member) => ({
        id: member.id,
        mode: view.of(member).sslMode,
      }));
      return primary === undefined || replica === undefined || primary.mode === replica.mode
        ? []
        : breach(
            `sslMode of ${replica.id} is ${replica.mode ?? 'unknown'}, of the primary ${primary.id} ${primary.mode ?? 'unknown'}`,
            'the same sslMode on both',
            'set gcp.sslMode once, for all members',
          );
    },
  ),
  gcpRule(
    {
      code: 'dr-replica-differs',
      severity: 'warning',
      about: "a DR replica has its primary's tier, standby and data cache",
    },
    (view) => {
      const pair = pairOf(view);
      if (pair === undefined) return [];
      const [primary, replica] = pair;
      const differing = [
        ...(primary.size !== undefined && replica.size !== undefined && primary.size !== replica.size ? ['size'] : []),
        ...(primary.standby !== replica.standby ? ['standby'] : []),
        ...(view.of(primary).dataCache !== view.of(replica).dataCache ? ['dataCache'] : []),
      ];
      return differing.length === 0
        ? []
        : breach(
            `${replica.id} differs from the primary ${primary.id} in ${listOf(differing)}`,
            'a DR replica that can do all that the primary does',
            'make them equal, or accept that it is less after a disaster',
          );
    },
  ),
];
