import { ENGINES, formatDuration, type MemberInput, type TopologyInput } from '../../lib/topology';
import { replicasKeepBackups } from '../../lib/topology/engines';
import { parseInstanceClass } from '../../lib/topology/instance-class';
import { isOffered, offeredClasses } from '../../lib/topology/offered-classes';
import { isAtLeast } from '../../lib/topology/version';
import type { Choices, MemberChoices } from './arbitrary-choices';
import { CATALOGUE, NEIGHBOURS, REGION_POOLS } from './engine-catalogue';

type Members = Record<string, MemberInput>;
type StorageInput = NonNullable<MemberInput['storage']>;

/** Volumes that RDS offers for every engine here. */
const VOLUMES: readonly StorageInput[] = [
  { gib: 100 },
  { gib: 200, type: 'gp3', growTo: 400 },
  { gib: 500, type: 'gp3', iops: 12_000, throughput: 500 },
  { gib: 200, type: 'io1', iops: 3000 },
  { gib: 400, type: 'io2', iops: 5000, growTo: 1000 },
];

/** First minor of each major whose replicas can be delayed; majors that are not named can, too. */
const DELAY_FROM: Readonly<Record<string, string>> = {
  '13': '13.999',
  '14': '14.19',
  '15': '15.14',
  '16': '16.10',
  '17': '17.6',
};

export function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

function versionOf({ versions }: Choices): string {
  return versions[0] ?? '';
}

/** Any class that is offered in all Regions of the topology, and large enough to have replicas and to be one. */
function sizeOf(choices: Choices, member: MemberChoices): string {
  const { engine: name, edition, versions } = choices;
  const places = regionsOf(choices).flatMap((region) =>
    versions.map((version) => ({ engine: { name, edition, version }, region })),
  );
  const least = ENGINES[name].minReplicaVcpus ?? 0;
  const offered = [...new Set(places.flatMap(offeredClasses))]
    .filter((size) => places.every((place) => isOffered(size, place) !== false))
    .filter((size) => (parseInstanceClass(size)?.vcpus ?? 0) >= least)
    .toSorted();
  return pick(offered.length === 0 ? CATALOGUE[name].classes : offered, member.size);
}

/** A key of the member's Region, in one of the ways in which it can be written. */
function keyOf(region: string, partition: string, index: number): string {
  const arn = `arn:${partition}:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  return pick(['create', 'alias/orders', arn, 'alias/aws/rds'], index);
}

/** Whom the member follows, directly or not, nearest first. */
export function upstream(id: string, members: Readonly<Members>): readonly string[] {
  const source = members[id]?.replicaOf;
  return source === undefined ? [] : [source, ...upstream(source, members)];
}

/** Members from which one more replica can be created in a Region without any finding. */
function sourcesFor(region: string, members: Readonly<Members>, choices: Choices): readonly string[] {
  const { maxDepth, maxReplicas, disputedReplicas, cascadesFrom } = ENGINES[choices.engine];
  const depth = cascadesFrom !== undefined && !isAtLeast(versionOf(choices), cascadesFrom) ? 1 : maxDepth;
  return Object.entries(members).flatMap(([id, member]) => {
    const above = upstream(id, members);
    const followers = Object.values(members).filter((each) => each.replicaOf === id);
    const away = followers.filter((each) => each.region !== member.region).length;
    const returns = region !== member.region && above.some((each) => members[each]?.region === region);
    const full = followers.length >= (disputedReplicas ?? maxReplicas) || (region !== member.region && away >= 5);
    return above.length >= depth || full || returns || member.retired !== undefined ? [] : [id];
  });
}

function canBeDelayed(choices: Choices): boolean {
  if (choices.engine !== 'postgres') return ['mysql', 'mariadb'].includes(choices.engine);
  return isAtLeast(versionOf(choices), DELAY_FROM[versionOf(choices).split('.')[0] ?? ''] ?? '0');
}

function regionsOf({ pool, area }: Choices): readonly string[] {
  const all = REGION_POOLS[pool] ?? [];
  return Array.from({ length: Math.min(NEIGHBOURS, all.length) }, (_, index) => pick(all, area + index));
}

function regionOf(choices: Choices, member: MemberChoices): string {
  return pick(regionsOf(choices), member.region);
}

function originOf(choices: Choices, member: MemberChoices): MemberInput {
  const region = regionOf(choices, member);
  return {
    region,
    size: sizeOf(choices, member),
    storage: pick(VOLUMES, member.storage),
    ...(choices.engine === 'sqlserver' || member.standby ? { standby: 'multi-az' } : {}),
    ...(member.days === undefined ? {} : { retention: `${member.days}d` }),
    ...(choices.encrypted ? {} : { encrypted: false }),
    ...(choices.encrypted && member.key % 2 === 0 ? { key: keyOf(region, choices.pool, member.key / 2) } : {}),
    ...extras(choices, member),
  };
}

function extras(choices: Choices, member: MemberChoices): Pick<MemberInput, 'tags' | 'aws'> {
  return {
    ...(member.tags === undefined ? {} : { tags: member.tags }),
    ...(member.identifier ? { aws: { identifier: `db-${choices.members.indexOf(member)}-${member.id}` } } : {}),
  };
}

function replicaAws(choices: Choices, member: MemberChoices, never: boolean) {
  return {
    ...extras(choices, member).aws,
    ...(ENGINES[choices.engine].replicaModes && member.mode !== undefined ? { replicaMode: member.mode } : {}),
    ...((never || choices.doubtful) && member.delay !== undefined && canBeDelayed(choices)
      ? { delay: member.delay }
      : {}),
  };
}

/** A replica that can be promoted is as large as the origin, also when its source is not. */
function sizeInput(
  source: string,
  members: Readonly<Members>,
  choices: Choices,
  { member, never }: { member: MemberChoices; never: boolean },
) {
  if (member.ownSize && (never || choices.doubtful)) return { size: sizeOf(choices, member) };
  const chain = [source, ...upstream(source, members)].map((id) => members[id]?.size);
  const inherited = chain.find((size) => size !== undefined);
  return never || inherited === chain.at(-1) ? {} : { size: chain.at(-1) };
}

/** A replica of `source`, as far as the choices allow it. */
export function replicaOf(
  source: string,
  members: Readonly<Members>,
  choices: Choices,
  member: MemberChoices,
): MemberInput {
  const region = regionOf(choices, member);
  // The first replica can be promoted, so that something can.
  const never = member.never && (choices.doubtful || Object.keys(members).length > 1);
  const crossRegion = region !== members[source]?.region;
  const aws = replicaAws(choices, member, never);
  const newest = choices.versions.at(-1);
  return {
    region,
    replicaOf: source,
    ...(never ? (member.tags === undefined ? {} : { promotion: 'never' }) : { promotion: member.promotion }),
    ...sizeInput(source, members, choices, { member, never }),
    ...(member.newer && newest !== versionOf(choices) ? { version: newest } : {}),
    ...(member.ownStorage ? { storage: { gib: 500, type: 'gp3', growTo: 1000 } } : {}),
    ...(member.standby ? { standby: 'multi-az' } : {}),
    ...(replicasKeepBackups(choices.engine, versionOf(choices)) === true
      ? member.days === undefined
        ? {}
        : { retention: `${member.days}d` }
      : member.standby
        ? { retention: '0d' }
        : {}),
    ...(choices.encrypted && crossRegion ? { key: keyOf(region, choices.pool, member.key) } : {}),
    ...(member.tags === undefined ? {} : { tags: member.tags }),
    ...(Object.keys(aws).length === 0 ? {} : { aws }),
  };
}

/** One more member, when there is still somebody from whom it can be created. */
export function withReplica(members: Readonly<Members>, choices: Choices, member: MemberChoices): Members {
  const source = sourcesFor(regionOf(choices, member), members, choices);
  if (source.length === 0) return members;
  const chosen = pick(source, member.parent);
  const replica = replicaOf(chosen, members, choices, member);
  // A newer replica must have followers that are as new: it gets none by being the last of its chain.
  const inherits = members[chosen]?.version;
  return { ...members, [member.id]: inherits === undefined ? replica : { ...replica, version: inherits } };
}

function membersOf(choices: Choices): Members {
  const [origin, ...others] = choices.members;
  if (origin === undefined) return {};
  return others.reduce<Members>((members, each) => withReplica(members, choices, each), {
    [origin.id]: originOf(choices, origin),
  });
}

function awsOf({ aws, engine }: Choices, members: Readonly<Members>): NonNullable<TopologyInput['aws']> {
  const { license, parameters } = CATALOGUE[engine];
  const regions = [...new Set(Object.values(members).map(({ region }) => region))];
  return {
    ...(aws.username === undefined ? {} : { username: aws.username }),
    ...(aws.database === undefined || engine === 'sqlserver' ? {} : { database: aws.database.slice(0, 8) }),
    ...(aws.port === undefined ? {} : { port: aws.port }),
    ...(license !== undefined && (aws.license || engine === 'db2') ? { license } : {}),
    ...(aws.parameters || engine === 'db2' ? { parameters } : {}),
    ...(aws.insights === undefined ? {} : { insights: aws.insights }),
    ...(aws.withoutLogs ? { logExports: [] } : {}),
    ...(aws.withoutIam ? { iamAuthentication: false } : {}),
    ...(aws.deletionProtection === undefined ? {} : { deletionProtection: aws.deletionProtection }),
    ...(aws.notify ? { notify: ['on-call@example.com'] } : {}),
    ...(aws.regions === 'nothing'
      ? {}
      : {
          regions: Object.fromEntries(
            regions.map((region, index) => [region, regionInput(aws.regions, region, index)]),
          ),
        }),
  };
}

function regionInput(
  kind: string,
  region: string,
  index: number,
): NonNullable<NonNullable<TopologyInput['aws']>['regions']>[string] {
  if (kind === 'vpc')
    return {
      vpc: {
        id: `vpc-0123456789abcdef${index}`,
        subnets: [`subnet-0123456789abcde${index}0`, `subnet-0123456789abcde${index}1`],
      },
    };
  if (kind === 'cidr') return { cidr: `10.${index + 1}.0.0/16` };
  const partition = Object.entries(REGION_POOLS).find(([, pool]) => pool.includes(region))?.[0] ?? 'aws';
  return { alarmTopic: `arn:${partition}:sns:${region}:111122223333:databases` };
}

function objectivesOf({ objectives, doubtful }: Choices, members: Readonly<Members>): TopologyInput['objectives'] {
  const [home, ...others] = Object.values(members);
  const covered = others.some(({ promotion = 'never', region }) => promotion !== 'never' && region !== home?.region);
  const recovery = {
    ...(objectives.member === undefined ? {} : { member: objectives.member }),
    ...(objectives.region && (covered || doubtful) ? { region: '15m' } : {}),
  };
  return {
    lag: formatDuration(objectives.heartbeat === undefined && !doubtful ? objectives.lag : objectives.lag - 240),
    ...(objectives.dataLoss === undefined ? {} : { dataLoss: formatDuration(objectives.lag + objectives.dataLoss) }),
    ...(Object.keys(recovery).length === 0 ? {} : { recovery }),
  };
}

/** The topology that the choices come to: always without errors, and without warnings unless it is alone or `doubtful`. */
export function buildTopology(choices: Choices): TopologyInput {
  const members = membersOf(choices);
  return {
    name: choices.name,
    ...(choices.cloud ? { cloud: 'aws' as const } : {}),
    engine: {
      name: choices.engine,
      version: versionOf(choices),
      ...(choices.edition === undefined ? {} : { edition: choices.edition }),
    },
    primary: Object.keys(members)[0] ?? '',
    objectives: objectivesOf(choices, members),
    ...(choices.objectives.heartbeat === undefined ? {} : { heartbeat: `${choices.objectives.heartbeat}s` }),
    ...(choices.tags === undefined ? {} : { tags: choices.tags }),
    members,
    aws: awsOf(choices, members),
  };
}
