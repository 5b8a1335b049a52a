import type { Rehearsal, RehearsalEngine, Stage, Scenario } from '../../rehearsal';
import type { Topology } from '../../topology';
import type { Io } from '../io';
import type { RehearsalProgress } from './rehearsal-progress';

/** One rehearsal that is to be played. */
export interface Play {
  /** Different from all others. */
  readonly title: string;
  readonly scenario: Scenario;
  readonly seed: number;
}

export interface PlayAll {
  readonly plays: readonly Play[];
  readonly topology: Topology;
  readonly engine: RehearsalEngine;
  readonly scale: number;
  /** The cloud takes hardly any time. */
  readonly isQuick: boolean;
  readonly io: Io;
  readonly progress: RehearsalProgress;
  /** Hears of the servers of each. */
  readonly onRaised: (stage: Stage) => void;
  readonly keep?: ((stage: Stage, rehearsal: Rehearsal) => Promise<void>) | undefined;
}

/** Most of a rehearsal is waiting: two together take hardly longer than one. */
const AT_ONCE = 2;

/** Plays everything, in the order that is given; none is left alone when another one fails: it takes its servers away first. */
export async function playAll(all: PlayAll): Promise<readonly Rehearsal[]> {
  const left = [...all.plays.entries()];
  const played: (Rehearsal | undefined)[] = all.plays.map(() => undefined);
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined && failures.length === 0; next = left.shift()) {
      const [index, play] = next;
      try {
        played[index] = await playOne(play, all);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.length > 0) throw failures[0];
  return played.filter((each) => each !== undefined);
}

async function playOne({ title, scenario, seed }: Play, all: PlayAll): Promise<Rehearsal> {
  const { topology, engine, scale, isQuick, io, progress, onRaised, keep } = all;
  const heard = progress.listen(title);
  const listener = {
    ...heard,
    onRaised: (stage: Stage): void => {
      onRaised(stage);
      heard.onRaised?.(stage);
    },
  };
  const judged = async (stage: Stage, rehearsal: Rehearsal): Promise<void> => {
    progress.judged(title, rehearsal);
    await keep?.(stage, rehearsal);
  };
  const { rehearse, QUICK } = io.rehearsal();
  return rehearse(scenario, { topology, engine, scale, ...(isQuick && QUICK), seed, listener, keep: judged });
}
