import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anySeed, forgetTemplate } from '../../../lib/rehearsal';
import { checkScenario } from '../../../lib/rehearsal/scenarios/scenario';
import { randomScenario } from '../../../lib/rehearsal/scenarios/random-scenario';
import { parse } from '../../../lib/topology';
import { expectKept, play } from '../_helpers/play';

// Whole promotions on real servers, whose length is left to chance.
jest.setTimeout(300_000);
afterAll(forgetTemplate);

const read = (file: string) => ({ file, topology: parse(readFileSync(join(__dirname, '../../..', file), 'utf8')) });
const AWS = read('test/rehearsal/scenarios/trio.topology.yaml');
const GOOGLE = read('examples/cloud-sql.topology.yaml');
const SCALE = 30;

/** As many as are wanted; all others follow from the first. */
const COUNT = Number(process.env['SCHEDULES'] ?? 50);
const FIRST = Number(process.env['SCHEDULE_SEED'] ?? anySeed());
const SEEDS = Array.from({ length: COUNT }, (_, index) => FIRST + index);

const commandFor = (file: string, seed: number): string =>
  `understudy rehearse ${file} --random 1 --seed ${seed} --scale ${SCALE} --engine postgres --quick`;

test.each([AWS, GOOGLE])(
  'the same seed is the same schedule, and every one is written in the language of the files: $file',
  ({ topology }) => {
    expect(SEEDS.map((seed) => randomScenario(topology, seed))).toEqual(
      SEEDS.map((seed) => randomScenario(topology, seed)),
    );
    expect(SEEDS.flatMap((seed) => checkScenario(randomScenario(topology, seed)).findings)).toEqual([]);
  },
);

async function expectPlayed({ file, topology }: typeof AWS, seed: number): Promise<void> {
  const scenario = randomScenario(topology, seed);
  const rehearsal = await play(scenario, { topology, scale: SCALE, seed });
  const outcomes = rehearsal.runs.filter(({ event }) => event.mode !== 'plan').map(({ result }) => result?.outcome);
  process.stderr.write(
    `${commandFor(file, seed)}  # ${rehearsal.took.toFixed(1)} s, ${outcomes.join(' ') || 'not begun'}: ${scenario.about}\n`,
  );
  const command = commandFor(file, seed);
  expectKept(rehearsal, { command }, { command });
}

test.concurrent.each(SEEDS)('every promise is kept in schedule %i', (seed) => expectPlayed(AWS, seed));

// Of the two clouds the engine is the same: fewer.
test.concurrent.each(SEEDS.slice(0, Math.ceil(COUNT / 10)))('on Google every promise is kept in schedule %i', (seed) =>
  expectPlayed(GOOGLE, seed),
);
