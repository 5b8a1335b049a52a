import type * as Room from '../../../lib/rehearsal';
import type { Rehearsal, Stage, RehearseOptions, Scenario, WrittenReport } from '../../../lib/rehearsal';
import { checkFit, isFit } from '../../../lib/rehearsal/scenarios/cast';
import { randomScenario } from '../../../lib/rehearsal/scenarios/random-scenario';
import { SCENARIOS, scenarioNamed } from '../../../lib/rehearsal/scenarios/catalogue';
import { checkScenarioText } from '../../../lib/rehearsal/scenarios/scenario';
import { unplayable } from '../../../lib/rehearsal/stage/unplayable';
import { REHEARSAL } from '../../rehearsal/report/_helpers/rehearsed';

/** One server of a stage that there is none of. */
const member = (region: string, host: string, more: object = {}): object => ({
  ...{ region, doors: { host, shut: false }, server: { folder: `/tmp/understudy-x/${host}`, isRunning: true } },
  ...more,
});

/** A stage, so far as the command looks at it. */
export const STAGE = {
  engine: 'postgres',
  clock: { now: () => 0 },
  everybody: [
    ['ada', member('us-east-1', '127.0.0.1', { doors: { host: '127.0.0.1', shut: true } })],
    ['bab', member('eu-west-1', '127.0.0.2')],
    ['cyd', member('us-east-1', '127.0.0.3', { server: { folder: '/tmp/understudy-x/3', isRunning: false } })],
  ],
  backend: {
    folder: '/tmp/understudy-x',
    master: { username: 'understudy', password: 'secret', database: 'shop' },
    members: [1, 2, 3],
    network: { addressFrom: (region: string, host: string) => ({ host, port: region === 'us-east-1' ? 41 : 42 }) },
  },
} as unknown as Stage;

export type Played = (scenario: Scenario, options: RehearseOptions) => Promise<Rehearsal>;

/** As played in no time, with every promise kept. */
export const kept: Played = async (scenario, { seed = 1, scale = 1, engine = 'postgres', keep, listener }) => {
  const rehearsal: Rehearsal = { ...REHEARSAL, scenario: scenario.name, seed, scale, engine };
  listener?.onRaised?.(STAGE);
  await keep?.(STAGE, rehearsal);
  return rehearsal;
};

/** What plays, without servers. It writes down what it was given. */
export function fakeRehearsal(play: Played = kept): {
  readonly room: Partial<typeof Room>;
  readonly asked: (readonly [string, Pick<RehearseOptions, 'seed' | 'scale' | 'engine'>])[];
  readonly written: { readonly folder: string; readonly replays: readonly (string | undefined)[] }[];
} {
  const asked: (readonly [string, Pick<RehearseOptions, 'seed' | 'scale' | 'engine'>])[] = [];
  const written: { readonly folder: string; readonly replays: readonly (string | undefined)[] }[] = [];
  const room: Partial<typeof Room> = {
    ...{ SCENARIOS, scenarioNamed, checkScenarioText, checkFit, isFit, randomScenario, unplayable },
    usualEngine: ({ engine }) => (engine.name === 'postgres' ? 'postgres' : 'mariadb'),
    checkServers: () => undefined,
    scaleHere: () => Promise.resolve(20),
    anySeed: () => 4711,
    rehearse: (scenario, options) => {
      const { seed, scale, engine } = options;
      asked.push([scenario.name, { seed, scale, engine }]);
      return play(scenario, options);
    },
    writeReport: (rehearsals, folder, replayOf) => {
      written.push({ folder, replays: rehearsals.map((each) => replayOf?.(each)) });
      const isKept = rehearsals.every(({ verdict }) => verdict.isKept);
      const report = { version: 1, madeBy: 'a test', isKept, rehearsals: [] } as const;
      return Promise.resolve({
        ...{ json: `${folder}/report.json`, html: `${folder}/report.html` },
        report: { ...report, rehearsals: [] },
      } satisfies WrittenReport);
    },
  };
  return { room, asked, written };
}
