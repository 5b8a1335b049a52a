import { parseDuration, type MemberId } from '../../topology';
import type { Mishap } from '../fault';
import type { DatabaseMember } from '../servers/database-member';
import type { Stage, Symptom } from '../stage/stage';
import { membersMeant, regionMeant, type Cast } from './cast';
import type { Act } from './rehearsal';
import type { ActInput, Deed } from './scenario-schema';

/** Does one thing to the cloud. @returns what happened, for the report */
export async function performAct(act: ActInput, stage: Stage, cast: Cast): Promise<readonly Act[]> {
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
  if (act.do === 'fail-fence') {
    stage.failFence?.();
    return [tell("Aurora's next attempt to block writes will time out")];
  }
  if (act.do === 'fail-over') {
    const next = stage.failOver?.();
    return [tell(next === undefined ? 'Aurora moves no writer' : `Aurora makes ${next} the writer by itself`, next)];
  }
  const mishap = MISHAPS[act.do];
  if (mishap !== undefined) {
    const { service, action, times = 1 } = act;
    stage.inject({ mishap, times, ...(service && { service }), ...(action && { action }) });
    const calls = [service, action ?? 'call'].filter(Boolean).join(' ');
    return [tell(`${WORDS[act.do] ?? act.do}: ${times === 1 ? `the next ${calls}` : `the next ${times} of ${calls}`}`)];
  }
  return Promise.all(
    membersMeant(act.member ?? '', cast).map(async (id) => {
      await hurt(act, stage, id);
      return tell(deedText(act), id);
    }),
  );
}

function deedText({ do: deed, by }: ActInput): string {
  const word = WORDS[deed] ?? deed;
  if (by === undefined) return word;
  return parseDuration(by) === 0 ? (AS_USUAL[deed] ?? word) : `${word} by ${by}`;
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
  'delay-metrics': 'its lag is told later',
  'fill-disk': 'its disk is full',
  'empty-disk': 'its disk has room again',
  'add-server': 'gets a server',
  throttle: 'throttled',
  deny: 'denied',
  'lose-answers': 'carried out, and the answer lost',
};

/** What ends by a time of nothing. */
const AS_USUAL: Readonly<Partial<Record<Deed, string>>> = {
  'slow-link': 'what it follows arrives as it is sent',
  'delay-replay': 'what it follows is applied as it arrives',
  'delay-metrics': 'its lag is told as usual, and what was held back at once',
};

async function hurt({ do: deed, by = '0s' }: ActInput, stage: Stage, id: MemberId): Promise<void> {
  if (deed === 'add-server') stage.addServer?.(id);
  if (deed === 'delay-metrics') stage.delayMetrics(id, parseDuration(by));
  const member = stage.member(id);
  const symptom = SYMPTOMS[deed];
  // Who follows nobody has no replication to speak of.
  if (symptom !== undefined && (member.source !== undefined || !symptom.startsWith('replication')))
    stage.show(id, symptom);
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

const SYMPTOMS: Readonly<Partial<Record<Deed, Symptom>>> = {
  'fill-disk': 'storage-full',
  'empty-disk': 'storage-free',
  'break-replication': 'replication-broken',
  'mend-replication': 'replication-mended',
};
