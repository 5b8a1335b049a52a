import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anySeed, forgetTemplate } from '../../../lib/rehearsal';
import { checkScenario } from '../../../lib/rehearsal/scenarios/scenario';
import { randomScenario } from '../../../lib/rehearsal/scenarios/random-scenario';
import { parse } from '../../../lib/topology';
import { brokenIn, play } from '../_helpers/play';

// Whole promotions on real servers, whose length is left to chance.
jest.setTimeout(300_000);
afterAll(forgetTemplate);

const FILE = 'test/rehearsal/scenarios/trio.topology.yaml';
const TOPOLOGY = parse(readFileSync(join(__dirname, '../../..', FILE), 'utf8'));
const SCALE = 30;

/** As many as are wanted; all others follow from the first. */
const COUNT = Number(process.env['SCHEDULES'] ?? 50);
const FIRST = Number(process.env['SCHEDULE_SEED'] ?? anySeed());
const SEEDS = Array.from({ length: COUNT }, (_, index) => FIRST + index);

const commandFor = (seed: number): string =>
  `understudy rehearse ${FILE} --random 1 --seed ${seed} --scale ${SCALE} --engine postgres --quick`;

test('the same seed is the same schedule, and every one is written in the language of the files', () => {
  expect(SEEDS.map((seed) => randomScenario(TOPOLOGY, seed))).toEqual(
    SEEDS.map((seed) => randomScenario(TOPOLOGY, seed)),
  );
  expect(SEEDS.flatMap((seed) => checkScenario(randomScenario(TOPOLOGY, seed)).findings)).toEqual([]);
});

test.concurrent.each(SEEDS)('every promise is kept in schedule %i', async (seed) => {
  const scenario = randomScenario(TOPOLOGY, seed);
  const rehearsal = await play(scenario, { topology: TOPOLOGY, scale: SCALE, seed });
  const outcomes = rehearsal.runs.filter(({ event }) => event.mode !== 'plan').map(({ result }) => result?.outcome);
  process.stderr.write(
    `${commandFor(seed)}  # ${rehearsal.took.toFixed(1)} s, ${outcomes.join(' ') || 'not begun'}: ${scenario.about}\n`,
  );
  expect([commandFor(seed), brokenIn(rehearsal)]).toEqual([commandFor(seed), []]);
});
