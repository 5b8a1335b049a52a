/* eslint-disable jest/no-export -- describes schedules for the test files that call it; it is none itself */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anySeed, forgetTemplate } from '../../../lib/rehearsal';
import { checkScenario } from '../../../lib/rehearsal/scenarios/scenario';
import { randomScenario } from '../../../lib/rehearsal/scenarios/random-scenario';
import { parse } from '../../../lib/topology';
import { expectKept, play } from './play';

const read = (file: string) => ({ file, topology: parse(readFileSync(join(__dirname, '../../..', file), 'utf8')) });
const AWS = read('test/rehearsal/scenarios/trio.topology.yaml');
const GOOGLE = read('examples/cloud-sql.topology.yaml');
const SCALE = 30;

/** As many as are wanted. */
export const COUNT = Number(process.env['SCHEDULES'] ?? 50);
/** They are played by two files, so that two workers have them. */
export const HALF = Math.ceil(COUNT / 2);

const commandFor = (file: string, seed: number): string =>
  `understudy rehearse ${file} --random 1 --seed ${seed} --scale ${SCALE} --engine postgres --quick`;

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

/** Describes a part of the schedules: whole promotions on real servers, whose length is left to chance. Their seeds follow from the first. */
export function describeSchedules(from: number, to: number): void {
  jest.setTimeout(300_000);
  afterAll(forgetTemplate);

  const first = Number(process.env['SCHEDULE_SEED'] ?? anySeed());
  const seeds = Array.from({ length: to - from }, (_, index) => first + from + index);

  test.each([AWS, GOOGLE])(
    'the same seed is the same schedule, and every one is written in the language of the files: $file',
    ({ topology }) => {
      expect(seeds.map((seed) => randomScenario(topology, seed))).toEqual(
        seeds.map((seed) => randomScenario(topology, seed)),
      );
      expect(seeds.flatMap((seed) => checkScenario(randomScenario(topology, seed)).findings)).toEqual([]);
    },
  );

  if (seeds.length > 0) {
    test.concurrent.each(seeds)('every promise is kept in schedule %i', (seed) => expectPlayed(AWS, seed));

    // Of the two clouds the engine is the same: fewer.
    test.concurrent.each(seeds.slice(0, Math.ceil(seeds.length / 10)))(
      'on Google every promise is kept in schedule %i',
      (seed) => expectPlayed(GOOGLE, seed),
    );
  }
}
