import { formatDuration, type MemberId, type Seconds, type Topology } from '../../topology';
import type { Plan } from '../contract';
import type { Case } from './check';
import { handingOver, replacing, stopOf } from './cloud-sql-course';
import { DETACH, isPartner, moveOfRun, type RunMove } from './move';

/** What is going to be done, in words that a person approves. */
export type Course = Pick<Plan, 'fence' | 'irreversible' | 'duration'> & { readonly steps: readonly string[] };

/**
 * How long the cloud takes, from published figures; nobody measured them for this database.
 *
 * Promotion of an RDS replica: "several minutes or longer". A reboot: one to two minutes. Aurora across Regions: "within a few
 * minutes"; inside a cluster: less than a minute.
 */
const PROMOTION: Seconds = 300;
const FENCE: Seconds = 120;
const GLOBAL: Seconds = 180;
const INSIDE: Seconds = 60;

/** The way from the primary to the target. */
export function courseOf(each: Case, target: MemberId): Course {
  const { observation, request } = each;
  return COURSES[moveOfRun(observation.topology, request.kind, target)](each, target);
}

const COURSES: Readonly<Record<RunMove, (each: Case, target: MemberId) => Course>> = {
  stepwise: ({ request: { kind }, observation: { topology } }, target) => {
    const { primary } = topology;
    const isPlanned = kind === 'switchover';
    if (!isPlanned && isPartner(topology, target)) return replacing(primary, target);
    const fence = isPlanned
      ? `freeze ${primary}: no more writes, its position captured twice and equal`
      : fenceOf(topology);
    return {
      fence,
      irreversible: `promote ${target}: it never follows ${primary} again`,
      duration: (isPlanned ? 0 : FENCE) + PROMOTION,
      steps: [
        fence,
        ...(isPlanned ? [`wait until ${target} has applied that position`] : []),
        `promote ${target} (about ${formatDuration(PROMOTION)}; cannot be undone)`,
        `turn on backups, standby and deletion protection of ${target}`,
        `point the writer endpoints to ${target}, and stale readers away`,
        `create replicas of ${target}; keep ${primary}, fenced`,
      ],
    };
  },
  global: ({ request: { kind, override }, observation: { topology } }, target) => {
    if (kind === 'failover' && override?.includes(DETACH)) return detaching(topology.primary, target);
    return kind === 'switchover' ? switchingOver(topology.primary, target) : failingOver(topology.primary, target);
  },
  handover: ({ observation: { topology } }, target) => handingOver(topology.primary, target),
  inside: ({ observation: { topology } }, target) => ({
    fence: `Aurora lets one server at a time write the volume of ${topology.within?.member}`,
    irreversible: `fail over from ${topology.primary} to ${target}: sessions end`,
    duration: INSIDE,
    steps: [
      `fail over to ${target} (about ${formatDuration(INSIDE)})`,
      `wait until ${target} is the writer: the endpoints of the cluster follow by themselves`,
      `wait until another server reads beside ${target}`,
    ],
  }),
};

function fenceOf({ cloud, primary }: Topology): string {
  return cloud === 'gcp'
    ? stopOf(primary)
    : `fence ${primary}: quarantine it, end its sessions, prove that nobody can write`;
}

function switchingOver(primary: MemberId, target: MemberId): Course {
  return {
    fence: `Aurora stops the writes of ${primary}, and waits until ${target} has them all`,
    irreversible: `switch over to ${target}: ${primary} follows it from then on`,
    duration: GLOBAL,
    steps: [
      `switch over to ${target} (about ${formatDuration(GLOBAL)}): Aurora silences ${primary}, and loses nothing`,
      `see what became of the fence, and that ${target} is the writer`,
      ...afterwards(target),
    ],
  };
}

function failingOver(primary: MemberId, target: MemberId): Course {
  return {
    fence: `Aurora tries to stop the writes of ${primary}, and promotes ${target} also when that times out`,
    irreversible: `fail over to ${target}, allowing data loss: what it lacks is on no primary any more`,
    duration: GLOBAL,
    steps: [
      `fail over to ${target} (about ${formatDuration(GLOBAL)}; cannot be undone)`,
      `see what became of the fence, and that ${target} is the writer`,
      ...afterwards(target),
      `find the snapshot that Aurora makes of ${primary} before it overwrites it, and copy it so that it stays`,
    ],
  };
}

function detaching(primary: MemberId, target: MemberId): Course {
  return {
    fence: `nothing fences ${primary}: ${target} is detached from it`,
    irreversible: `detach ${target} from the global database: it never comes back, and ${primary} stays a primary`,
    duration: GLOBAL,
    steps: [
      `detach ${target}, which promotes it (about ${formatDuration(GLOBAL)}; cannot be undone)`,
      `turn on backups and deletion protection of ${target}`,
      `point the writer endpoints to ${target}`,
      'make a new global database of it, by hand',
    ],
  };
}

const afterwards = (target: MemberId): readonly string[] => [
  `turn on backups and deletion protection of ${target}`,
  `point the writer endpoints of this Region to ${target}`,
  `wait until the global writer endpoint leads to ${target}, and another cluster follows it`,
];
