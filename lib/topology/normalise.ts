import { clusterInstances } from './cluster-instances';
import { parseDuration } from './duration';
import { replicasKeepBackups, type EngineName } from './engines';
import { gcpMemberOf, gcpOf } from './gcp/gcp-of';
import { isAurora, type TopologyKind } from './kinds';
import { standingOf } from './known-versions';
import type { MemberInput, TopologyInput } from './schema';
import { runbookRequest } from './schema-runbook';
import type { AwsMember, AwsTopology, Engine, Member, MemberId, Objectives, Storage, Topology } from './topology';

/** How many days backups are kept where nothing is said and the engine can keep any. */
const USUAL_RETENTION = 7;

/** The topology that was meant: defaults filled in, replicas completed from their sources, durations in seconds. */
export function normalise(input: TopologyInput): Topology {
  const engine: Engine = input.engine;
  const members = new Map<MemberId, Member>();
  for (const id of Object.keys(input.members)) complete(id, input, members);
  return {
    name: input.name,
    cloud: input.cloud ?? 'aws',
    kind: kindOf(input),
    engine,
    primary: input.primary,
    objectives: objectivesOf(input.objectives),
    heartbeat: seconds(input.heartbeat),
    tags: input.tags ?? {},
    // In the order in which they are written, whatever the order of the lineage.
    members: Object.keys(input.members)
      .map((id) => members.get(id))
      .filter((member) => member !== undefined),
    aws: awsOf(input.aws ?? {}),
    ...(input.cloud === 'gcp' ? { gcp: gcpOf(input.gcp ?? {}) } : {}),
  };
}

function complete(id: MemberId, input: TopologyInput, members: Map<MemberId, Member>): Member | undefined {
  const written = input.members[id];
  if (written === undefined) return undefined;
  const done = members.get(id);
  if (done !== undefined) return done;
  // A cycle has no first member to take anything from.
  const sourceId = isInCycle(id, input) ? undefined : written.replicaOf;
  const source = sourceId === undefined ? undefined : complete(sourceId, input, members);
  const member = memberOf(id, written, source, input);
  const whole = input.cloud === 'gcp' ? { ...member, ...googles(id, written, source, input) } : member;
  members.set(id, whole);
  return whole;
}

function isInCycle(id: MemberId, { members }: TopologyInput): boolean {
  const above = new Set<MemberId>();
  let next = members[id]?.replicaOf;
  while (next !== undefined && next !== id && !above.has(next)) {
    above.add(next);
    next = members[next]?.replicaOf;
  }
  return next === id;
}

function memberOf(id: MemberId, written: MemberInput, source: Member | undefined, input: TopologyInput): Member {
  const { name, engine } = input;
  const isOrigin = written.replicaOf === undefined;
  // A source that cannot be found leaves unknown what would have come from it.
  const version = written.version ?? (isOrigin ? engine.version : source?.version);
  const encrypted = written.encrypted ?? (isOrigin ? true : source?.encrypted);
  const usual = isOrigin || source !== undefined ? usualRetention(engine.name, version, isOrigin) : undefined;
  const sharesKey = source !== undefined && source.region === written.region;
  const size = written.size ?? source?.size;
  const identifier = written.aws?.identifier ?? `${name}-${id}`;
  return {
    id,
    region: written.region,
    replicaOf: written.replicaOf,
    size,
    version,
    storage: storageOf(written.storage ?? {}, source?.storage, isAurora(kindOf(input)) ? 'aurora' : 'gp3'),
    ...(written.instances === undefined
      ? {}
      : { instances: clusterInstances(written.instances, { size, identifier }) }),
    standby: written.standby ?? (kindOf(input) === 'instances' ? 'none' : undefined),
    promotion: written.promotion ?? (isOrigin ? 1 : 'never'),
    retentionDays: written.retention === undefined ? usual : parseDuration(written.retention) / 86_400,
    encrypted,
    key: written.key ?? (sharesKey && encrypted !== false ? source.key : undefined),
    retired: written.retired,
    tags: written.tags ?? {},
    aws: {
      ...clusterFields(written.aws),
      identifier,
      replicaMode: written.aws?.replicaMode,
      delay: seconds(written.aws?.delay),
      ...(written.aws?.rpo === undefined ? {} : { rpo: parseDuration(written.aws.rpo) }),
    },
  };
}

/** What is otherwise on Google: always encrypted, and backups are the primary's, whoever that is. */
function googles(
  id: MemberId,
  written: MemberInput,
  source: Member | undefined,
  input: TopologyInput,
): Partial<Member> {
  const usual = written.replicaOf === undefined ? USUAL_RETENTION : source?.retentionDays;
  return {
    encrypted: true,
    storage: storageOf(written.storage ?? {}, source?.storage, 'ssd'),
    retentionDays: written.retention === undefined ? usual : parseDuration(written.retention) / 86_400,
    aws: {},
    gcp: gcpMemberOf(id, source?.gcp, input),
  };
}

/** What only clusters have, as far as it is written. */
function clusterFields({ capacity, readerScaling, endpoints }: NonNullable<MemberInput['aws']> = {}): AwsMember {
  return {
    ...(capacity === undefined ? {} : { capacity }),
    ...(readerScaling === undefined ? {} : { readerScaling }),
    ...(endpoints === undefined ? {} : { endpoints }),
  };
}

/** Everything but the size comes from the source: RDS itself takes the size from the source's volume as it is by then. */
function storageOf(written: Storage, source: Storage | undefined, usual: string): Storage {
  const type = written.type ?? source?.type ?? usual;
  const inherited = type === source?.type ? source : undefined;
  return {
    gib: written.gib,
    type,
    iops: written.iops ?? inherited?.iops,
    throughput: written.throughput ?? inherited?.throughput,
    growTo: written.growTo ?? source?.growTo,
  };
}

/**
 * Days of backups where nothing is said: none on replicas that cannot have any. Who is primary does not count, or a promotion
 * would change the template of a database; a promoted one that gets replicas has to say how long it keeps backups.
 */
export function usualRetention(engine: EngineName, version: string | undefined, isOrigin: boolean): number {
  const known = version === undefined || standingOf(engine, version) === 'unknown' ? undefined : version;
  return isOrigin || replicasKeepBackups(engine, known) !== false ? USUAL_RETENTION : 0;
}

function kindOf({ kind }: TopologyInput): TopologyKind {
  return kind ?? 'instances';
}

function objectivesOf(written: TopologyInput['objectives']): Objectives {
  return {
    lag: parseDuration(written.lag),
    dataLoss: seconds(written.dataLoss),
    recovery: { member: seconds(written.recovery?.member), region: seconds(written.recovery?.region) },
  };
}

function awsOf(written: NonNullable<TopologyInput['aws']>): AwsTopology {
  const { runbook, ...rest } = written;
  return {
    ...rest,
    credentials: written.credentials ?? 'self-managed',
    parameters: written.parameters ?? {},
    deletionProtection: written.deletionProtection ?? true,
    notify: written.notify ?? [],
    regions: written.regions ?? {},
    ...(runbook === undefined ? {} : { runbook: runbookRequest(runbook) }),
  };
}

function seconds(written: string | undefined): number | undefined {
  return written === undefined ? undefined : parseDuration(written);
}
