import { parseDuration, type MemberId } from '../../topology';
import type { Mishap } from '../fault';
import type { DatabaseMember } from '../servers/database-member';
import type { RehearsalStage } from '../stage/rehearsal-stage';
import { identifierOf } from '../stage/stage-seeds';
import { membersMeant, regionMeant, type Cast } from './cast';
import type { Act } from './rehearsal';
import type { ActInput, Deed } from './scenario-schema';

/** Does one thing to the cloud. @returns what happened, for the report */
export async function performAct(act: ActInput, stage: RehearsalStage, cast: Cast): Promise<readonly Act[]> {
  const tell = (text: string, member?: MemberId): Act => ({
    at: stage.clock.now(),
    text,
    ...(member === undefined ? {} : { member }),
  });
  if (act.region !== undefined) {
    const region = regionMeant(act.region, cast);
    if (act.do === 'cut') stage.cut(region);
    else stage.reconnect(region);
    return [tell(act.do === 'cut' ? `${region} is cut off` : `${region} can be reached again`)];
  }
  const mishap = MISHAPS[act.do];
  if (mishap !== undefined) {
    const { service, action, times = 1 } = act;
    stage.cloud.inject({ mishap, times, ...(service && { service }), ...(action && { action }) });
    const calls = [service, action ?? 'call'].filter(Boolean).join(' ');
    return [tell(`${WORDS[act.do] ?? act.do}: ${times === 1 ? `the next ${calls}` : `the next ${times} of ${calls}`}`)];
  }
  return Promise.all(
    membersMeant(act.member ?? '', cast).map(async (id) => {
      await hurt(act, stage, id);
      const by = act.by === undefined ? '' : ` by ${act.by}`;
      return tell(`${WORDS[act.do] ?? act.do}${by}`, id);
    }),
  );
}

const MISHAPS: Readonly<Partial<Record<Deed, Mishap>>> = {
  throttle: { kind: 'throttle' },
  deny: { kind: 'access-denied' },
  'lose-answers': { kind: 'timeout', effect: 'after' },
};

const WORDS: Readonly<Partial<Record<Deed, string>>> = {
  kill: 'killed',
  start: 'started again',
  freeze: 'hangs',
  thaw: 'goes on',
  'break-replication': 'replication broken',
  'mend-replication': 'replication mended',
  'slow-link': 'what it follows arrives later',
  'delay-replay': 'what it follows is applied later',
  'fill-disk': 'its disk is full',
  'empty-disk': 'its disk has room again',
  throttle: 'throttled',
  deny: 'denied',
  'lose-answers': 'carried out, and the answer lost',
};

async function hurt({ do: deed, by = '0s' }: ActInput, stage: RehearsalStage, id: MemberId): Promise<void> {
  const member = stage.member(id);
  if (deed === 'fill-disk') setStatus(stage, id, 'storage-full');
  if (deed === 'empty-disk') setStatus(stage, id, 'available');
  if (member.source !== undefined) tellOfReplication(stage, member, deed);
  // Milliseconds of the machine.
  await HURTS[deed]?.(member, (parseDuration(by) * 1000) / stage.clock.scale);
}

const HURTS: Readonly<Partial<Record<Deed, (member: DatabaseMember, later: number) => Promise<void> | void>>> = {
  kill: (member) => member.kill(),
  start: (member) => member.server.start(),
  freeze: (member) => member.freeze(),
  thaw: (member) => member.thaw(),
  'break-replication': (member) => member.breakReplication(),
  'mend-replication': (member) => member.mendReplication(),
  'slow-link': (member, later) => member.slowLink(later),
  'delay-replay': (member, later) => member.delayReplay(later),
  'fill-disk': (member) => member.fillDisk(true),
  'empty-disk': (member) => member.fillDisk(false),
};

/** RDS sees that a replica does not follow any more, and says so; who follows nobody is none. */
function tellOfReplication({ cloud }: RehearsalStage, { region, id }: DatabaseMember, deed: Deed): void {
  if (deed === 'break-replication') cloud.fleet.setReplication(region, id, 'error', 'it cannot connect to its source');
  if (deed === 'mend-replication') cloud.fleet.setReplication(region, id, 'replicating');
}

function setStatus(stage: RehearsalStage, id: MemberId, status: string): void {
  const member = stage.topology.members.find((each) => each.id === id);
  if (member) stage.cloud.fleet.setStatus(member.region ?? '', identifierOf(stage.topology, member), status);
}
