import type { Rehearsal, RehearsalEngine, Scenario, Stage, WrittenReport } from '../../rehearsal';
import { checkText, isUnderstudyError, type Topology } from '../../topology';
import type { Command, Invocation } from '../command';
import { EXIT, type ExitCode } from '../exit-code';
import { findingLine } from '../finding-line';
import type { Io } from '../io';
import { paintFor } from '../paint';
import { UsageError } from '../usage-error';
import { verdictOn } from '../verdict';
import { chosenScenarios, type ChosenScenario } from './chosen-scenarios';
import { keptServersText } from './kept-servers';
import { played } from './played';
import { rehearsalScreen } from './rehearsal-screen';
import { USUAL_FOLDER, wishesIn, type RehearsalWishes } from './rehearsal-wishes';
import { replayCommand } from './replay-command';
import { scenarioList } from './scenario-list';

/** Plays promotions on real servers of this machine. */
export const rehearseCommand: Command = {
  name: 'rehearse',
  summary: 'play promotions of a topology on real servers of this machine, and judge them',
  operand: { flags: '[file]', description: 'one topology file in YAML or JSON' },
  options: [
    {
      flags: '--scenario <scenario>',
      description:
        'what happens: a name of --list, or a YAML file; may be given more than once. Default: planned-switchover and primary-killed, of a global database region-cut-off',
      isRepeatable: true,
    },
    {
      flags: '--random <count>',
      description: 'so many schedules that nobody thought of, each with a seed one higher than the one before',
    },
    { flags: '--list', description: 'print the scenarios that are there, or that can be played on the file' },
    { flags: '--seed <number>', description: 'what is left to chance is the same for the same seed. Default: any' },
    {
      flags: '--scale <number>',
      description:
        "how many times as fast as the machine's clock, while only time is waited for. Default: what the machine can do now, 10 to 50",
    },
    {
      flags: '--quick',
      description: 'the cloud takes seconds where it takes minutes: soon over, and times without writes mean nothing',
    },
    {
      flags: '--engine <engine>',
      description: 'postgres or mariadb. Default: mariadb for MySQL and MariaDB, postgres for PostgreSQL',
    },
    {
      flags: '-o, --out <folder>',
      description: `where report.html and report.json are written. Default: ${USUAL_FOLDER}`,
    },
    { flags: '--keep', description: 'keep the servers until Ctrl-C, and say how to reach them; with one scenario' },
    { flags: '--json', description: 'only the report, as JSON; progress goes to stderr' },
  ],
  examples: [
    'understudy rehearse orders.topology.yaml',
    'understudy rehearse orders.topology.yaml --scenario region-cut-off --keep',
    'understudy rehearse orders.topology.yaml --scenario flood.scenario.yaml --seed 7 --scale 20 --out report',
    'understudy rehearse --list',
  ],
  run: runRehearse,
};

async function runRehearse({ operands: [file], options }: Invocation, io: Io): Promise<ExitCode> {
  const wishes = wishesIn(options);
  if (file === undefined) {
    if (options['list'] === true) return listed(io.rehearsal().SCENARIOS, io);
    throw new UsageError('rehearse got no topology', 'allowed: one topology file in YAML or JSON', 'name one');
  }
  try {
    const topology = await readTopology(file, io);
    if (topology === undefined) return EXIT.findings;
    const engine = engineFor(topology, wishes.engine, io);
    if (options['list'] === true) return listed(fitting(topology, io), io);
    const seed = wishes.seed ?? io.rehearsal().anySeed();
    const chosen = await chosenIn(topology, wishes, seed, io);
    return chosen === undefined ? EXIT.findings : await rehearsed({ file, topology, engine, seed, chosen, wishes }, io);
  } catch (error) {
    return failed(error, io);
  }
}

function listed(scenarios: readonly Scenario[], io: Io): ExitCode {
  io.stdout.write(scenarioList(scenarios));
  return EXIT.ok;
}

function fitting(topology: Topology, io: Io): readonly Scenario[] {
  const { SCENARIOS, isFit } = io.rehearsal();
  return SCENARIOS.filter((scenario) => isFit(scenario, topology));
}

async function readTopology(file: string, io: Io): Promise<Topology | undefined> {
  const checked = checkText(await io.readFile(file));
  if (checked.topology !== undefined) return checked.topology;
  const paint = paintFor(io.stderr, io.env);
  for (const finding of checked.findings) io.stderr.write(findingLine(finding, file, paint));
  io.stderr.write(`${paint('red', `${file}: ${verdictOn(checked)}; nothing was rehearsed`)}\n`);
  return undefined;
}

interface Chosen extends ChosenScenario {
  readonly seed: number;
}

async function chosenIn(
  topology: Topology,
  { random, scenarios }: RehearsalWishes,
  seed: number,
  io: Io,
): Promise<readonly Chosen[] | undefined> {
  if (random === undefined) return (await chosenScenarios(scenarios, topology, io))?.map((each) => ({ ...each, seed }));
  return Array.from({ length: random }, (_, index) => {
    const scenario = io.rehearsal().randomScenario(topology, seed + index);
    return { scenario, called: scenario.name, seed: seed + index };
  });
}

interface Rehearsing {
  readonly file: string;
  readonly topology: Topology;
  readonly engine: RehearsalEngine;
  /** Of the first one. */
  readonly seed: number;
  readonly chosen: readonly Chosen[];
  readonly wishes: RehearsalWishes;
}

async function rehearsed({ file, topology, engine, seed, chosen, wishes }: Rehearsing, io: Io): Promise<ExitCode> {
  const { folder, isKept, isJson, isQuick, random } = wishes;
  const room = io.rehearsal();
  for (const { scenario } of chosen) room.checkFit(scenario, topology);
  room.checkServers(engine);
  await io.makeFolder(folder);
  const scale = wishes.scale ?? (await room.scaleHere());
  const again = { file, scale, engine, isQuick };
  const calledOf = new Map(chosen.map(({ scenario, called }) => [scenario.name, called]));
  const replayOf = (each: Rehearsal): string =>
    replayCommand({
      ...{ ...again, seed: each.seed },
      what: random === undefined ? [calledOf.get(each.scenario) ?? each.scenario] : 1,
    });
  const whole = replayCommand({ ...again, seed, what: random ?? chosen.map(({ called }) => called) });
  let written: WrittenReport | undefined;
  const ending = await played(
    {
      ...{ topology, engine, scale, isQuick, io },
      plays: chosen.map((each) => ({ title: each.called, scenario: each.scenario, seed: each.seed })),
    },
    async (rehearsals, stage) => {
      written = await room.writeReport(rehearsals, folder, replayOf);
      if (isJson) io.stdout.write(`${JSON.stringify(written.report)}\n`);
      else io.stdout.write(outcomeText(rehearsals, { html: written.html, whole, replayOf, stage }, io));
    },
    isKept,
  );
  if (ending === 'interrupted') return EXIT.interrupted;
  return written?.report.isKept === true ? EXIT.ok : EXIT.findings;
}

interface Outcome {
  readonly html: string;
  /** The command that plays all of it again. */
  readonly whole: string;
  readonly replayOf: (rehearsal: Rehearsal) => string;
  readonly stage: Stage | undefined;
}

function outcomeText(rehearsals: readonly Rehearsal[], { html, whole, replayOf, stage }: Outcome, io: Io): string {
  const broken = rehearsals.length === 1 ? [] : rehearsals.filter(({ verdict }) => !verdict.isKept);
  return [
    rehearsalScreen(rehearsals, paintFor(io.stdout, io.env)),
    `\nreport  ${html}\nagain   ${whole}\n`,
    ...broken.map((each) => `broken  ${replayOf(each)}\n`),
    stage === undefined ? '' : keptServersText(stage),
  ].join('');
}

/** @throws UsageError when the topology cannot be rehearsed */
function engineFor(topology: Topology, wish: RehearsalEngine | undefined, io: Io): RehearsalEngine {
  const { unplayable, usualEngine } = io.rehearsal();
  const why = unplayable(topology, wish);
  if (why !== undefined) {
    throw new UsageError(`${topology.name} cannot be rehearsed: ${why.problem}`, `allowed: ${why.allowed}`, why.fix);
  }
  return wish ?? usualEngine(topology);
}

/** What is told in a sentence of ours, and which exit code it has. */
const FAILURES: Readonly<Record<string, ExitCode>> = {
  'no-such-scenario': EXIT.usage,
  'scenario-misfit': EXIT.usage,
  'postgres-missing': EXIT.unavailable,
  'mariadb-missing': EXIT.unavailable,
  'postgres-failed': EXIT.unavailable,
  'mariadb-failed': EXIT.unavailable,
  'loopback-refused': EXIT.unavailable,
};

function failed(error: unknown, { stderr }: Io): ExitCode {
  const code = isUnderstudyError(error) ? FAILURES[error.code] : undefined;
  if (code === undefined || !isUnderstudyError(error)) throw error;
  stderr.write(`understudy: ${error.message}\n`);
  return code;
}
