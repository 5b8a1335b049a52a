import { setTimeout } from 'node:timers/promises';
import type { Topology } from '../../topology';
import { ReadLog } from '../clients/read-log';
import { ReadingClient } from '../clients/reading-client';
import { idsOn, makeTable } from '../clients/table';
import { WriteLog } from '../clients/write-log';
import { WritingClient } from '../clients/writing-client';
import type { Evidence, JudgedRun } from '../judge/evidence';
import { movesIn } from '../judge/evidence';
import { judge } from '../judge/judge';
import { lastWordsOf, lateBy } from '../judge/last-words';
import { QUICK_GOOGLE_TIMES } from '../gcp/sql/google-times';
import { seededRandom } from '../seeded-random';
import { QUICK_TIMES } from '../timetable';
import { raiseStage } from '../stage/raise-stage';
import type { Stage, StageOptions } from '../stage/stage';
import { callsSeen } from './calls-seen';
import { checkFit } from './cast';
import { inWordsOf } from './in-words-of';
import type { Rehearsal } from './rehearsal';
import { reignsIn, type Reign } from './reigns';
import type { Scenario } from './scenario';
import { aftermathOf, Story, type Listener } from './story';

export interface RehearseOptions extends StageOptions {
  /** Milliseconds of the machine between two writes of a client, on average. @default 5 */
  readonly pace?: number;
  /** Hears what happens while it happens. @default nobody */
  readonly listener?: Listener;
  /** Is given the servers before they are ended, and ends them by returning. @default they end at once */
  readonly keep?: (stage: Stage, rehearsal: Rehearsal) => Promise<void>;
}

/** For whoever wants to see much and cares for no times: the cloud takes seconds where it takes minutes, and clients write less. */
export const QUICK: Pick<RehearseOptions, 'timetable' | 'googleTimes' | 'pace'> = {
  ...{ timetable: QUICK_TIMES, googleTimes: QUICK_GOOGLE_TIMES, pace: 15 },
};

/**
 * Seconds of the cloud in which all is well, at least. On a slow machine the watch may still look at everybody then: what it sees in
 * the middle of a story is another story.
 */
const PEACE = 70;
/** Milliseconds of the cloud by which a machine that is busy may be late: while all wait, and even more while somebody works. */
const LATE = 75_000;
/** Milliseconds of the machine that clients have at least, when all else is over: as long as they wait for one who is silent. */
const AFTERMATH = 2000;
/** Milliseconds of the machine after that in which clients may still find the new primary: where it is busy, each of their tries is long. */
const FINDING = 8000;

/**
 * Plays one scenario on a topology of its own, and judges it. Nothing is left afterwards.
 *
 * @throws UnderstudyError `scenario-misfit` when it cannot be played on the topology, before anything is started
 */
export async function rehearse(given: Scenario, options: RehearseOptions): Promise<Rehearsal> {
  const machine = performance.now();
  checkFit(given, options.topology);
  const scenario = inWordsOf(options.topology, given);
  const stage = await raiseStage(options);
  options.listener?.onRaised?.(stage);
  const [writes, reads] = [new WriteLog(), new ReadLog()];
  const clients = clientsOn(stage, { writes, reads, pace: options.pace ?? 5 });
  const stop = (): Promise<unknown> => Promise.all(clients.map((client) => client.stop()));
  try {
    const [began, { topology }] = [stage.clock.now(), stage];
    await makeTable(stage.backend, stage.member(stage.topology.primary));
    for (const client of clients) client.start();
    await Promise.all([stage.keepWatch(), stage.clock.wait(PEACE)]);
    const story = new Story(stage, scenario, options.listener);
    await story.play();
    await Promise.all([stage.clock.wait(Math.max(aftermathOf(scenario), stage.namesLinger ?? 0)), waiting(AFTERMATH)]);
    const seen = { story, scenario, options, topology, began, writes, reads };
    await waiting(FINDING, () => reignsOf(stage, seen).at(-1)?.tookWrites === true);
    await stop();
    const rehearsal = await recorded(stage, { ...seen, took: () => (performance.now() - machine) / 1000 });
    await options.keep?.(stage, rehearsal);
    return rehearsal;
  } finally {
    await stop();
    await stage.close();
  }
}

/** So many milliseconds of the machine, or until something is so. */
async function waiting(milliseconds: number, isSo: () => boolean = () => false): Promise<void> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end && !isSo()) await setTimeout(Math.min(100, end - performance.now()));
}

/** Who writes or reads, until it is stopped. */
type RehearsalClient = Pick<WritingClient, 'start' | 'stop'>;

/** What clients write down, and how often they have something to. */
interface Ink {
  readonly writes: WriteLog;
  readonly reads: ReadLog;
  readonly pace: number;
}

/** In every Region one who writes and one who reads, and beside the primary one that never looks its name up again. */
function clientsOn(stage: Stage, { writes, reads, pace }: Ink): readonly RehearsalClient[] {
  const { members, primary } = stage.topology;
  const regions = [...new Set(members.flatMap(({ region, retired }) => (retired ? [] : (region ?? []))))];
  const home = members.find(({ id }) => id === primary)?.region ?? '';
  // Each has its own chance: who is late changes nothing for the others.
  const common = () => ({ stage, random: seededRandom(stage.random() * 2 ** 32) });
  const writer = { log: writes, pause: pace };
  const stubborn = { name: 'stubborn client', region: home, habit: 'stubborn', ...writer, ...common() } as const;
  return [
    ...regions.map((region) => new WritingClient({ name: `client in ${region}`, region, ...writer, ...common() })),
    ...regions.map(
      (region) => new ReadingClient({ name: `reader in ${region}`, region, log: reads, pause: 5 * pace, ...common() }),
    ),
    new WritingClient(stubborn),
  ];
}

interface Played {
  readonly story: Story;
  readonly scenario: Scenario;
  readonly options: RehearseOptions;
  readonly topology: Topology;
  readonly began: number;
  readonly writes: WriteLog;
  readonly reads: ReadLog;
}

async function recorded(stage: Stage, played: Played & { readonly took: () => number }): Promise<Rehearsal> {
  const { story, scenario, options, began } = played;
  // As it was played, on whatever engine, and as it was declared then.
  const [{ seed = 1 }, topology] = [options, played.topology];
  const ended = stage.clock.now();
  const [writes, reads, { acts, runs }] = [played.writes.all, played.reads.all, story];
  const evidence = await evidenceOf(stage, played);
  const hosts = Object.fromEntries(stage.everybody.map(([id, { doors }]) => [id, doors.host]));
  return {
    ...{ scenario: scenario.name, about: scenario.about, engine: stage.engine, seed, scale: stage.clock.scale },
    ...{ topology, hosts, began, ended, took: played.took(), acts, runs },
    reigns: reignsOf(stage, played),
    ...{ writes, reads, lag: stage.lag, calls: callsSeen(stage.calls), verdict: judge(evidence) },
  };
}

function reignsOf(stage: Stage, { began, topology: { primary }, story, writes }: Played): readonly Reign[] {
  const rows = story.runs.flatMap((each) => each.rows);
  return reignsIn({ began, primary, rows, writes: writes.all, hostOf: (id) => stage.member(id).doors.host });
}

async function evidenceOf(stage: Stage, { story, scenario, topology, writes, reads }: Played): Promise<Evidence> {
  const { primary } = topology;
  const runs = judgedRuns(story, scenario);
  const now = movesIn({ runs }).at(-1)?.to ?? primary;
  const calls = [...stage.calls];
  const late = lateBy(scenario.acts ?? [], stage.clock.scale);
  const hurt = new Set([...story.hurt].filter((id) => stage.isMended?.(id) !== true));
  const lastWords = await lastWordsOf(stage, now, { hurt, late });
  const member = stage.member(now);
  // What hangs cannot be asked for what it has.
  member.thaw();
  return {
    ...{ runs, writes: writes.all, reads: reads.all, calls, primary, lastWords },
    hostOf: (id) => stage.member(id).doors.host,
    present: await idsOn(member),
    writer: stage.writerFor(stage.region),
    slack: LATE,
  };
}

/** A run that was never begun ended with its plan: refused, or for another kind of run than was meant. */
function judgedRuns({ runs }: Story, scenario: Scenario): readonly JudgedRun[] {
  return scenario.runs.flatMap(({ mode, outcomes }, index) => {
    const asked = runs.filter(({ request }) => request === index + 1);
    const begun = asked.filter(({ event }) => event.mode !== 'plan');
    if (begun.length > 0) return begun.map((run) => ({ ...run, mode, outcomes }));
    return asked.slice(-1).map((run) => ({
      ...{ ...run, rows: [], mode, outcomes },
      ...(run.result && { result: { ...run.result, outcome: 'REFUSED' as const } }),
    }));
  });
}
