import { ENGINES, engineMajor, type EngineName } from '../engines';
import { parseInstanceClass } from '../instance-class';
import { knownMajors, standingOf, writtenVersions, newestKnown } from '../known-versions';
import type { Member, Topology } from '../topology';
import type { TopologyView } from '../topology-view';
import { compareVersions, isAtLeast } from '../version';
import { canCascade } from './can-cascade';
import { listOf } from './list-of';
import { memberRule, topologyRule, versionRule, type Rule } from './rule';

function facts(topology: Topology) {
  return ENGINES[topology.engine.name];
}

/** A version to write instead: of the same major where there is one, lest a typing error ends in an upgrade. */
function exampleOf(engine: EngineName, version: string): string {
  const major = engineMajor(engine, version);
  return newestKnown(engine, knownMajors(engine).includes(major) ? major : undefined);
}

/** For example `dublin-a is to run PostgreSQL 17.99`. */
function isToRun(version: string, { topology }: TopologyView, member?: Member): string {
  return `${member === undefined ? topology.name : member.id} is to run ${facts(topology).title} ${version}`;
}

/** The member's version against the one it follows: negative is below. Undefined when either is unknown. */
function againstSource(member: Member, view: TopologyView): number | undefined {
  const source = view.followedBy(member);
  if (source?.version === undefined || member.version === undefined) return undefined;
  return compareVersions(member.version, source.version);
}

function majorsDiffer(member: Member, view: TopologyView): boolean {
  const source = view.followedBy(member);
  const { name } = view.topology.engine;
  if (source?.version === undefined || member.version === undefined) return false;
  return engineMajor(name, source.version) !== engineMajor(name, member.version);
}

/** How many release series the member is ahead of whom it follows; 0 when either is unknown. */
function majorsAhead(member: Member, view: TopologyView): number {
  const { name } = view.topology.engine;
  const source = view.followedBy(member);
  if (source?.version === undefined || member.version === undefined) return 0;
  const [own, other] = [member.version, source.version].map((each) =>
    knownMajors(name).indexOf(engineMajor(name, each)),
  );
  return (own ?? 0) - (other ?? 0);
}

function seriesAfter(version = ''): string {
  const majors = knownMajors('mysql');
  return majors[majors.indexOf(engineMajor('mysql', version)) + 1] ?? '';
}

function hasReplicas(view: TopologyView): boolean {
  return view.replicas.length > 0;
}

/** Engine, edition and version. Source: the replica chapter of each engine in the Amazon RDS User Guide. */
export const ENGINE_RULES: readonly Rule[] = [
  versionRule({
    code: 'engine-version-unknown',
    severity: 'error',
    about: 'the engine version is one that RDS offers',
    when: (version, { topology }) => standingOf(topology.engine.name, version) === 'unknown',
    message: (version, view, member) => ({
      at: ['version'],
      problem: `${isToRun(version, view, member)}, which RDS does not offer`,
      allowed: writtenVersions(view.topology.engine.name),
      fix: `write for example '${exampleOf(view.topology.engine.name, version)}', in quotes`,
    }),
  }),
  versionRule({
    code: 'engine-version-newer',
    severity: 'warning',
    about: 'the engine version is not newer than this release of the package knows',
    when: (version, { topology }) => standingOf(topology.engine.name, version) === 'newer',
    message: (version, view, member) => ({
      at: ['version'],
      problem: `${isToRun(version, view, member)}, newer than any that this release knows`,
      allowed: `up to ${newestKnown(view.topology.engine.name, engineMajor(view.topology.engine.name, version))}`,
      fix: 'check the spelling; if RDS offers it, go on',
    }),
  }),
  topologyRule({
    code: 'edition-unknown',
    severity: 'error',
    about: 'Oracle, SQL Server and Db2 have an edition, the others none',
    when: ({ topology }) => {
      const { editions } = facts(topology);
      const { edition } = topology.engine;
      return editions.length === 0 ? edition !== undefined : !editions.includes(edition ?? '');
    },
    message: ({ topology }) => {
      const { editions, title } = facts(topology);
      const { edition } = topology.engine;
      return editions.length === 0
        ? {
            at: ['engine', 'edition'],
            problem: `edition is ${edition}, but ${title} has no editions`,
            allowed: 'no edition',
            fix: 'take engine.edition away',
          }
        : {
            at: ['engine', 'edition'],
            problem:
              edition === undefined ? `${title} is given without an edition` : `${title} has no edition ${edition}`,
            allowed: listOf(editions, 'or'),
            fix: `write for example \`edition: ${editions[0]}\``,
          };
    },
  }),
  topologyRule({
    code: 'edition-cannot-replicate',
    severity: 'error',
    kinds: ['instances'],
    about: 'replicas need Oracle EE or SQL Server EE',
    when: (view) => {
      const { editions, replicatingEditions } = facts(view.topology);
      const edition = view.topology.engine.edition ?? '';
      return hasReplicas(view) && editions.includes(edition) && !replicatingEditions.includes(edition);
    },
    message: ({ topology }) => ({
      at: ['engine', 'edition'],
      problem: `${facts(topology).title} edition ${topology.engine.edition} cannot have replicas`,
      allowed: listOf(facts(topology).replicatingEditions, 'or'),
      fix: 'take that edition, or remove the replicas',
    }),
  }),
  topologyRule({
    code: 'version-cannot-replicate',
    severity: 'error',
    kinds: ['instances'],
    about: 'SQL Server replicas need SQL Server 2016 to 2022 (13 to 16)',
    when: (view) => {
      const { name, version } = view.topology.engine;
      return (
        name === 'sqlserver' && hasReplicas(view) && version !== undefined && Number(engineMajor(name, version)) > 16
      );
    },
    message: ({ topology }) => ({
      at: ['engine', 'version'],
      problem: `SQL Server ${topology.engine.version} cannot have replicas`,
      allowed: 'SQL Server 2016 to 2022, versions 13 to 16',
      fix: `take for example '${newestKnown('sqlserver')}'`,
    }),
  }),
  memberRule({
    code: 'cross-region-version',
    severity: 'error',
    kinds: ['instances'],
    about: 'Db2 replicates across Regions from 11.5.9 and 12.1.4 on',
    when: (member, view) => {
      if (view.topology.engine.name !== 'db2' || member.version === undefined || view.followedBy(member) === undefined)
        return false;
      const least = engineMajor('db2', member.version) === '12.1' ? '12.1.4' : '11.5.9';
      return view.isCrossRegion(member) && !isAtLeast(member.version, least);
    },
    message: (member) => ({
      at: ['region'],
      problem: `${member.id} on Db2 ${member.version} is in another Region than ${member.replicaOf}`,
      allowed: 'cross-Region replicas from Db2 11.5.9 and 12.1.4 on',
      fix: 'upgrade, or keep the replica in the Region of its source',
    }),
  }),
  memberRule({
    code: 'replica-version-below-source',
    severity: 'error',
    kinds: ['instances', 'cluster'],
    about: "a replica's version is never below its source's",
    when: (member, view) => {
      const { replicaVersion } = facts(view.topology);
      if (replicaVersion === 'same' || (replicaVersion === 'same major, at least' && majorsDiffer(member, view)))
        return false;
      return (againstSource(member, view) ?? 0) < 0;
    },
    message: (member, view) => ({
      at: ['version'],
      problem: `${member.id} is on ${member.version}, below ${member.replicaOf} on ${view.sourceOf(member)?.version}`,
      allowed: `${view.sourceOf(member)?.version} or later`,
      fix: 'upgrade replicas first, then their source, in two deployments',
    }),
  }),
  memberRule({
    code: 'replica-major-differs',
    severity: 'error',
    kinds: ['instances'],
    about: 'PostgreSQL replicas have the major version of their source',
    when: (member, view) =>
      facts(view.topology).replicaVersion === 'same major, at least' && majorsDiffer(member, view),
    message: (member, view) => ({
      at: ['version'],
      problem: `${member.id} is on ${member.version}, ${member.replicaOf} on ${view.sourceOf(member)?.version}: physical replication needs one major version`,
      allowed: `${engineMajor(view.topology.engine.name, view.sourceOf(member)?.version ?? '')}.x`,
      fix: 'give both the same major; a major upgrade of the source takes its replicas in the same Region along',
    }),
  }),
  memberRule({
    code: 'replica-major-skips',
    severity: 'error',
    kinds: ['instances'],
    about: 'a MySQL replica is at most one release series ahead of its source',
    when: (member, view) => view.topology.engine.name === 'mysql' && majorsAhead(member, view) > 1,
    message: (member, view) => ({
      at: ['version'],
      problem: `${member.id} is on ${member.version}, ${member.replicaOf} on ${view.sourceOf(member)?.version}: MySQL replicates to the next series, and not beyond`,
      allowed: `MySQL ${engineMajor('mysql', view.sourceOf(member)?.version ?? '')} or ${seriesAfter(view.sourceOf(member)?.version)}`,
      fix: 'upgrade in two steps',
    }),
  }),
  memberRule({
    code: 'replica-version-differs',
    severity: 'error',
    kinds: ['instances'],
    about: 'Oracle, SQL Server and Db2 replicas have exactly the version of their source',
    when: (member, view) => facts(view.topology).replicaVersion === 'same' && (againstSource(member, view) ?? 0) !== 0,
    message: (member, view) => ({
      at: ['version'],
      problem: `${member.id} is on ${member.version}, ${member.replicaOf} on ${view.sourceOf(member)?.version}`,
      allowed: `exactly ${view.sourceOf(member)?.version}: RDS upgrades ${facts(view.topology).title} replicas with their source`,
      fix: 'write the version once, in engine.version',
    }),
  }),
  memberRule({
    code: 'replica-too-small',
    severity: 'error',
    kinds: ['instances'],
    about: 'SQL Server replicas have 4 vCPUs or more, Oracle replicas 2',
    when: (member, view) => {
      const least = facts(view.topology).minReplicaVcpus;
      const size = member.size === undefined ? undefined : parseInstanceClass(member.size);
      return least !== undefined && size !== undefined && view.isReplica(member) && size.vcpus < least;
    },
    message: (member, view) => ({
      at: ['size'],
      problem: `${member.id} is a ${member.size} with ${parseInstanceClass(member.size ?? '')?.vcpus} vCPUs`,
      allowed: `${facts(view.topology).minReplicaVcpus} vCPUs or more for a replica of ${facts(view.topology).title}`,
      fix: 'take an xlarge or larger class',
    }),
  }),
  memberRule({
    code: 'source-needs-standby',
    severity: 'error',
    kinds: ['instances'],
    about: 'a SQL Server source is Multi-AZ (Always On)',
    when: (member, view) =>
      view.topology.engine.name === 'sqlserver' &&
      member.standby === 'none' &&
      view.followersOf(member).length > 0 &&
      canCascade(member, view),
    message: (member) => ({
      at: ['standby'],
      problem: `${member.id} has replicas and standby none`,
      allowed:
        'standby multi-az: SQL Server replicates only from a Multi-AZ instance with Always On availability groups',
      fix: 'set `standby: multi-az`',
    }),
  }),
];
