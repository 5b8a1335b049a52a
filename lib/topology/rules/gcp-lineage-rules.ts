import type { EngineName } from '../engines';
import { isAtLeast } from '../version';
import { listOf } from './list-of';
import { gcpMemberRule, gcpRule } from './gcp-rule';
import type { Rule } from './rule';

/** Levels of a cascade, the primary's among them. */
const DEEPEST = 4;
const SQL_SERVER_REPLICAS = 7;
/** From here on PostgreSQL's own limits have to be raised; of MySQL, older documents say that it is the most. */
const UNCONFIGURED_REPLICAS = 10;

const SENDER_FLAGS = ['max_wal_senders', 'max_replication_slots'];

/** Flags of the primary that have to be as high as the number of replicas. */
function senderFlags(version = ''): readonly string[] {
  return Number(version) >= 18 ? [...SENDER_FLAGS, 'max_active_replication_origins'] : SENDER_FLAGS;
}

/**
 * What a member's version would have to be, to follow a member of that version; undefined: it can. Of `8.0`, the minor is Cloud SQL's
 * to choose, so that it says nothing against another `8.0`.
 */
function versionToFollow(engine: EngineName, own: string, followed: string): string | undefined {
  if (own === followed) return undefined;
  if (engine !== 'mysql') return followed;
  if (own.startsWith(`${followed}.`) || followed.startsWith(`${own}.`)) return undefined;
  return isAtLeast(own, followed) ? undefined : `${followed} or later`;
}

/** How many and how deep. Source: Google's pages on read replicas, read pools and cascading replicas of each engine. */
export const GCP_LINEAGE_RULES: readonly Rule[] = [
  gcpRule(
    {
      code: 'replica-limit',
      severity: 'error',
      about: 'SQL Server on Cloud SQL: up to 7 replicas and nodes of read pools',
    },
    ({ engine, replicaCount }) =>
      engine.name === 'sqlserver' && replicaCount > SQL_SERVER_REPLICAS
        ? [
            {
              at: ['members'],
              problem: `there are ${replicaCount} replicas and nodes of read pools`,
              allowed: `${SQL_SERVER_REPLICAS} together for SQL Server`,
              fix: 'remove some',
            },
          ]
        : [],
  ),
  gcpRule(
    {
      code: 'sender-flags-too-low',
      severity: 'error',
      about: 'more than 10 PostgreSQL replicas need max_wal_senders and max_replication_slots of as many',
    },
    (view) => {
      const { engine, replicaCount, primary } = view;
      if (engine.name !== 'postgres' || primary === undefined || replicaCount <= UNCONFIGURED_REPLICAS) return [];
      const { flags } = view.of(primary);
      const low = senderFlags(engine.version).filter((flag) => !(Number(flags[flag]) >= replicaCount));
      return low.length === 0
        ? []
        : [
            {
              at: ['members', primary.id, 'gcp', 'flags'],
              problem: `there are ${replicaCount} replicas and nodes of read pools, and of ${primary.id} ${listOf(low.map((flag) => `${flag} is ${flags[flag] ?? 'not set'}`))}`,
              allowed: `${replicaCount} or more from the eleventh replica on`,
              fix: `set ${listOf(low)} in gcp.flags`,
            },
          ];
    },
  ),
  gcpRule(
    { code: 'many-replicas', severity: 'warning', about: 'more than 10 MySQL replicas: older documents forbid them' },
    ({ engine, replicaCount }) =>
      engine.name === 'mysql' && replicaCount > UNCONFIGURED_REPLICAS
        ? [
            {
              at: ['members'],
              problem: `there are ${replicaCount} replicas and nodes of read pools, and Google's documents disagree: older ones allow 10, newer ones say no number`,
              allowed: 'up to 10, on which all agree',
              fix: 'try it in a project of yours before you rely on it, or let some follow a replica',
            },
          ]
        : [],
  ),
  gcpMemberRule(
    {
      code: 'chain-too-deep',
      severity: 'error',
      about: "at most four levels of Cloud SQL instances, the primary's among them",
    },
    (member, { view }) => {
      const above = view.upstreamOf(member);
      return above.length < DEEPEST
        ? []
        : [
            {
              at: ['replicaOf'],
              problem: `${member.id} is on level ${above.length + 1}, the primary ${above.at(-1)?.id ?? ''} on level 1`,
              allowed: `${DEEPEST} levels`,
              fix: `create ${member.id} from a member nearer to the primary`,
            },
          ];
    },
  ),
  gcpMemberRule(
    {
      code: 'replica-version-unsuited',
      severity: 'error',
      about: 'a replica has the version of the member that it follows; of MySQL, that or a later one',
    },
    (member, view) => {
      const source = view.view.followedBy(member);
      // Of a DR replica that is said by its own rule.
      if (member.version === undefined || source?.version === undefined || view.drReplica === member) return [];
      const wanted = versionToFollow(view.engine.name, member.version, source.version);
      return wanted === undefined
        ? []
        : [
            {
              at: ['version'],
              problem: `${member.id} runs ${member.version} and follows ${source.id}, which runs ${source.version}`,
              allowed: wanted,
              fix: 'write the version once, in engine.version',
            },
          ];
    },
  ),
  gcpMemberRule(
    {
      code: 'cascade-not-declared',
      severity: 'error',
      about: 'a SQL Server replica that has replicas is cascadable',
    },
    (member, view) => {
      const followers = view.view.followersOf(member);
      if (view.engine.name !== 'sqlserver' || !view.view.isReplica(member) || followers.length === 0) return [];
      return view.of(member).cascadable === true
        ? []
        : [
            {
              at: ['gcp', 'cascadable'],
              problem: `${member.id} is a replica, has replicas (${listOf(followers.map(({ id }) => id))}) and is not cascadable`,
              allowed: 'cascadable replicas as sources; it is said when the replica is created and cannot be changed',
              fix: 'set `cascadable: true`',
            },
          ];
    },
  ),
  gcpMemberRule(
    {
      code: 'cascadable-misplaced',
      severity: 'error',
      about: 'only SQL Server has cascadable replicas, and outside the region of the primary',
    },
    (member, view) => {
      if (view.of(member).cascadable !== true) return [];
      const { primary, engine } = view;
      const fix = 'take `cascadable` away';
      if (engine.name !== 'sqlserver')
        return [
          {
            at: ['gcp', 'cascadable'],
            problem: `${member.id} is cascadable and the engine is ${engine.name}`,
            allowed: 'cascadable replicas of SQL Server; others can have replicas anyway',
            fix,
          },
        ];
      const isBeside = view.view.isReplica(member) && member.region !== undefined && member.region === primary?.region;
      return isBeside
        ? [
            {
              at: ['gcp', 'cascadable'],
              problem: `${member.id} is cascadable in ${member.region}, the region of the primary ${primary.id}`,
              allowed: 'cascadable replicas in another region than the primary',
              fix: `${fix}, or move the member`,
            },
          ]
        : [];
    },
  ),
  gcpRule(
    {
      code: 'sql-server-cannot-replicate',
      severity: 'error',
      about: 'replicas of SQL Server need its Enterprise edition, on Cloud SQL as well',
    },
    ({ engine: { name, edition }, replicas }) =>
      name === 'sqlserver' && replicas.length > 0 && ['standard', 'express', 'web'].includes(edition ?? '')
        ? [
            {
              at: ['engine', 'edition'],
              problem: `SQL Server edition ${edition} cannot have replicas`,
              allowed: 'enterprise',
              fix: 'take that edition, or remove the replicas',
            },
          ]
        : [],
  ),
];
