import type { RehearsalEngine } from '../../rehearsal';
import type { Invocation } from '../command';
import { UsageError } from '../usage-error';

/** What a person wants to see rehearsed. */
export interface RehearsalWishes {
  /** Names, or files. Empty: nothing was said. */
  readonly scenarios: readonly string[];
  /** How many that nobody thought of. */
  readonly random: number | undefined;
  readonly seed: number | undefined;
  readonly scale: number | undefined;
  readonly engine: RehearsalEngine | undefined;
  readonly folder: string;
  /** The cloud takes hardly any time. */
  readonly isQuick: boolean;
  readonly isKept: boolean;
  readonly isJson: boolean;
}

type Options = Invocation['options'];

/** Where a report is written when nothing is said. */
export const USUAL_FOLDER = 'out/rehearsal';
const ENGINES: readonly RehearsalEngine[] = ['postgres', 'mariadb'];
/** Seconds of the cloud in one of the machine's: more, and what the machine itself takes is all that is seen. */
const FASTEST = 100;

/** @throws UsageError */
export function wishesIn(options: Options): RehearsalWishes {
  const scenarios = options['scenario'];
  const wishes: RehearsalWishes = {
    scenarios: Array.isArray(scenarios) ? (scenarios as readonly string[]) : [],
    seed: numberIn(options, 'seed', { least: 0, most: 2 ** 32 - 1, what: 'a whole number from 0 to 4294967295' }),
    random: numberIn(options, 'random', { least: 1, most: 1000, what: 'how many schedules, 1 to 1000' }),
    scale: scaleIn(options['scale']),
    engine: engineIn(options['engine']),
    folder: typeof options['out'] === 'string' ? options['out'] : USUAL_FOLDER,
    isQuick: options['quick'] === true,
    isKept: options['keep'] === true,
    isJson: options['json'] === true,
  };
  if (wishes.random !== undefined && wishes.scenarios.length > 0) {
    throw new UsageError(
      '--random makes its own scenarios, and --scenario names some',
      'allowed: one of them',
      'leave one out',
    );
  }
  if (wishes.isKept) checkKept(wishes);
  return wishes;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly what: string;
}

function numberIn(options: Options, name: string, { least, most, what }: Bounds): number | undefined {
  const text = options[name];
  if (typeof text !== 'string') return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${name} is ${text === '' ? 'empty' : text}`, `allowed: ${what}`, 'correct it');
}

function scaleIn(text: Options[string]): number | undefined {
  if (typeof text !== 'string') return undefined;
  const scale = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (scale > 0 && scale <= FASTEST) return scale;
  throw new UsageError(
    `--scale is ${text === '' ? 'empty' : text}`,
    `allowed: how many times as fast as the machine's clock, up to ${FASTEST}`,
    'correct it, or leave it out: then the machine is tried',
  );
}

function engineIn(name: Options[string]): RehearsalEngine | undefined {
  if (name === undefined) return undefined;
  const found = ENGINES.find((each) => each === name);
  if (found !== undefined) return found;
  throw new UsageError(`--engine is ${String(name)}`, `allowed: ${ENGINES.join(', ')}`, 'correct it');
}

function checkKept({ scenarios, random, isJson }: RehearsalWishes): void {
  const count = random ?? scenarios.length;
  if (count !== 1) {
    throw new UsageError(
      `--keep keeps the servers of one rehearsal, and ${count === 0 ? 'none is named' : `${count} are`}`,
      'allowed: one --scenario with --keep, or --random 1',
      'name one',
    );
  }
  if (isJson) {
    throw new UsageError(
      '--keep tells a person how to reach the servers, and --json is for a program',
      'allowed: one of them',
      'leave one out',
    );
  }
}
