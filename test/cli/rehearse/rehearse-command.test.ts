import { run } from '../../../lib/cli/run';
import { UnderstudyError } from '../../../lib/topology';
import { REHEARSAL } from '../../rehearsal/report/_helpers/rehearsed';
import { fakeRehearsal, kept, STAGE, type Played } from '../_helpers/fake-rehearsal';
import { MemoryIo } from '../_helpers/memory-io';
import { TWO_REGIONS, WRONG_REGION } from '../_helpers/topology-texts';

const FLOOD = 'name: flood\nabout: The cellar is full of water.\nruns:\n  - mode: failover\n    outcomes: [DONE]\n';
const FILES = { 'db.yaml': TWO_REGIONS, 'wrong.yaml': WRONG_REGION, 'flood.yaml': FLOOD, 'dry.yaml': 'name: dry\n' };

interface Rehearsed extends ReturnType<typeof fakeRehearsal> {
  readonly code: number;
  readonly io: MemoryIo;
}

async function rehearse(line: string, play?: Played, isTTY = false): Promise<Rehearsed> {
  const fake = fakeRehearsal(play);
  const io = new MemoryIo(FILES, { rehearsal: fake.room, isTTY, env: { NO_COLOR: '1' } });
  return { ...fake, io, code: await run(['rehearse', ...line.split(' ').filter(Boolean)], io) };
}

const broken: Played = async (scenario, options) => {
  const promises = [{ id: 'nothing-lost', isKept: false, seen: '4 writes of those acknowledged lost' } as const];
  const verdict = { ...REHEARSAL.verdict, isKept: false, promises };
  const { seed = 1, scale = 1 } = options;
  const rehearsal = { ...REHEARSAL, scenario: scenario.name, seed, scale, verdict };
  await options.keep?.(STAGE, rehearsal);
  return rehearsal;
};

test('one planned and one unplanned promotion, when nothing is said', async () => {
  const { code, io, asked, written } = await rehearse('db.yaml');
  expect(code).toBe(0);
  expect(asked).toEqual([
    ['planned-switchover', { seed: 4711, scale: 20, engine: 'postgres' }],
    ['primary-killed', { seed: 4711, scale: 20, engine: 'postgres' }],
  ]);
  expect(io.out.split('\n')).toEqual([
    "  rehearsal           verdict             outcome  writes         by the cloud's clock",
    '  planned-switchover  every promise kept  DONE     4 writes lost  46s without writes',
    '  primary-killed      every promise kept  DONE     4 writes lost  46s without writes',
    '',
    'report  out/rehearsal/report.html',
    'again   understudy rehearse db.yaml --scenario planned-switchover --scenario primary-killed --seed 4711 --scale 20 --engine postgres',
    '',
  ]);
  expect(io.folders).toEqual(['out/rehearsal']);
  expect(written).toEqual([
    {
      folder: 'out/rehearsal',
      replays: ['planned-switchover', 'primary-killed'].map(
        (name) => `understudy rehearse db.yaml --scenario ${name} --seed 4711 --scale 20 --engine postgres`,
      ),
    },
  ]);
});

test('what is said is played, files too, and into another folder', async () => {
  const { code, io, asked, written } = await rehearse(
    '--scenario flood.yaml --scenario failback db.yaml --seed 7 --scale 12.5 --engine mariadb -o there',
  );
  expect([code, io.err.includes('MariaDB servers, up to 12.5 times')]).toEqual([0, true]);
  expect(asked).toEqual(['flood', 'failback'].map((name) => [name, { seed: 7, scale: 12.5, engine: 'mariadb' }]));
  expect(written[0]).toMatchObject({
    folder: 'there',
    replays: [
      'understudy rehearse db.yaml --scenario flood.yaml --seed 7 --scale 12.5 --engine mariadb',
      'understudy rehearse db.yaml --scenario failback --seed 7 --scale 12.5 --engine mariadb',
    ],
  });
});

test('schedules that nobody thought of, each with a seed of its own', async () => {
  const { code, io, asked, written } = await rehearse('db.yaml --random 3 --seed 41 --quick', (scenario, options) =>
    (scenario.name === 'random-42' ? broken : kept)(scenario, options),
  );
  expect([code, asked.map(([name, { seed }]) => [name, seed])]).toEqual([
    1,
    [41, 42, 43].map((seed) => [`random-${seed}`, seed]),
  ]);
  const tail = '--scale 20 --engine postgres --quick';
  expect(io.out.split('\n').slice(-3)).toEqual([
    `again   understudy rehearse db.yaml --random 3 --seed 41 ${tail}`,
    `broken  understudy rehearse db.yaml --random 1 --seed 42 ${tail}`,
    '',
  ]);
  expect(written[0]?.replays).toEqual(
    [41, 42, 43].map((seed) => `understudy rehearse db.yaml --random 1 --seed ${seed} ${tail}`),
  );
});

test('a promise that is broken is exit code 1, and says what was seen', async () => {
  const { code, io } = await rehearse('db.yaml --scenario failback', broken);
  expect(code).toBe(1);
  expect(io.out).toContain('\n  failback: nothing-lost: 4 writes of those acknowledged lost\n');
  expect(io.out).toContain('PROMISE BROKEN');
});

test('for a program there is the report, and nothing else', async () => {
  const { code, io } = await rehearse('db.yaml --json', broken);
  expect(code).toBe(1);
  expect(JSON.parse(io.out)).toEqual({ version: 1, madeBy: 'a test', isKept: false, rehearsals: [] });
});

test('--list needs no topology', async () => {
  const { code, io, asked } = await rehearse('--list');
  expect([code, asked, io.err]).toEqual([0, [], '']);
  expect(io.out).toContain('planned-switchover         The primary moves on purpose, while clients write.\n');
});

test('--list with a file tells only of what can be played on it', async () => {
  const { code, io, asked } = await rehearse('--list db.yaml');
  expect([code, asked, io.err]).toEqual([0, [], '']);
  const names = io.out.split('\n').flatMap((line) => /^\S+/.exec(line)?.[0] ?? []);
  expect(names).toContain('region-cut-off');
  // Of clusters of Aurora alone.
  for (const name of ['headless-target', 'fence-timed-out', 'aurora-fails-over']) expect(names).not.toContain(name);
});

test('--list of a file with errors tells of them', async () => {
  const { code, io } = await rehearse('--list wrong.yaml');
  expect([code, io.out]).toEqual([1, '']);
  expect(io.err).toContain('nothing was rehearsed');
});

test('servers are kept until Ctrl-C, which is then no failure', async () => {
  const fake = fakeRehearsal();
  const io = new MemoryIo(FILES, { rehearsal: fake.room });
  const ending = run(['rehearse', 'db.yaml', '--scenario', 'failback', '--keep'], io);
  for (let turn = 0; turn < 100 && !io.out.includes('Ctrl-C'); turn += 1) await new Promise(setImmediate);
  expect(io.out.split('\n').slice(-11)).toEqual(
    [
      'again   understudy rehearse db.yaml --scenario failback --seed 4711 --scale 20 --engine postgres',
      '',
      'The servers are kept, as the rehearsal has left them:',
      '  ada: takes no new connections, as it is fenced. Past its fence:',
      "    psql 'host=/tmp/understudy-x/127.0.0.1 user=understudy password=secret dbname=shop'",
      '  bab:',
      '    psql postgresql://understudy:secret@127.0.0.2:42/shop',
      '  cyd: does not run; its data are in /tmp/understudy-x/3',
      '',
      'Ctrl-C ends them all and removes /tmp/understudy-x.',
      '',
    ].slice(-11),
  );
  io.interrupt();
  expect(await ending).toBe(0);
  expect(io.err).toMatch(/\n3 servers were ended, and \/tmp\/understudy-x removed\.\n$/);
});

test('Ctrl-C before that is exit code 130, and says what was removed', async () => {
  const endless: Played = (_, { listener }) => {
    listener?.onRaised?.(STAGE);
    setImmediate(() => io.interrupt());
    return new Promise(() => undefined);
  };
  const fake = fakeRehearsal(endless);
  const io: MemoryIo = new MemoryIo(FILES, { rehearsal: fake.room });
  expect(await run(['rehearse', 'db.yaml', '--scenario', 'failback'], io)).toBe(130);
  expect(io.err).toMatch(
    /\nInterrupted, and nothing judged: 3 servers were ended, and \/tmp\/understudy-x removed\.\n$/,
  );
  expect([io.out, fake.written, io.isListening]).toEqual(['', [], false]);
});

test('a rehearsal that fails takes the others along, and is told', async () => {
  const failing: Played = (scenario, options) =>
    scenario.name === 'failback'
      ? Promise.reject(new UnderstudyError('postgres-failed', 'the server does not start'))
      : kept(scenario, options);
  const { code, io } = await rehearse('db.yaml --scenario failback --scenario link-slow', failing);
  expect([code, io.out, io.err.split('\n').at(-2)]).toEqual([69, '', 'understudy: the server does not start']);
});

test.each([
  ['', 2, 'understudy: rehearse got no topology; allowed: one topology file in YAML or JSON; name one\n'],
  [
    'db.yaml --scenario deluge',
    2,
    expect.stringMatching(/^understudy: no scenario is called deluge; allowed: planned-switchover, /),
  ],
  ['db.yaml --seed -1', 2, 'understudy: --seed is -1; allowed: a whole number from 0 to 4294967295; correct it\n'],
  [
    'db.yaml --scale 1000',
    2,
    "understudy: --scale is 1000; allowed: how many times as fast as the machine's clock, up to 100; correct it, or leave it out: then the machine is tried\n",
  ],
  ['db.yaml --engine oracle', 2, 'understudy: --engine is oracle; allowed: postgres, mariadb; correct it\n'],
  [
    'db.yaml --keep',
    2,
    'understudy: --keep keeps the servers of one rehearsal, and none is named; allowed: one --scenario with --keep, or --random 1; name one\n',
  ],
  [
    'db.yaml --keep --json --scenario failback',
    2,
    'understudy: --keep tells a person how to reach the servers, and --json is for a program; allowed: one of them; leave one out\n',
  ],
  [
    'db.yaml --random 2 --scenario failback',
    2,
    'understudy: --random makes its own scenarios, and --scenario names some; allowed: one of them; leave one out\n',
  ],
  ['db.yaml --random 0', 2, 'understudy: --random is 0; allowed: how many schedules, 1 to 1000; correct it\n'],
  ['wrong.yaml', 1, expect.stringMatching(/wrong.yaml: 1 error, 0 warnings; nothing was rehearsed\n$/)],
  [
    'db.yaml --scenario dry.yaml',
    1,
    expect.stringMatching(/^dry.yaml:1:1 error missing-value: about: about is missing/),
  ],
])('%s is exit code %i before anything is started', async (line, code, message) => {
  const seen = await rehearse(line);
  expect([seen.code, seen.io.out, seen.asked, seen.io.err]).toEqual([code, '', [], message]);
});

const ORACLE = `name: orders
engine: { name: oracle, version: 19.0.0.0.ru-2025-10.rur-2025-10.r1, edition: ee }
primary: ada
objectives: { lag: 30s }
members:
  ada: { region: us-east-1, size: db.r7i.large, storage: { gib: 200 }, key: create, promotion: 1 }
  bab: { region: eu-west-1, replicaOf: ada, key: create, promotion: 2 }
`;

test.each([
  ['servers that are not there', TWO_REGIONS, 69, 'there is no PostgreSQL on this machine'],
  [
    'an engine that is not played',
    ORACLE,
    2,
    'orders cannot be rehearsed: there are no servers of Oracle Database to play on; allowed: PostgreSQL, MySQL and MariaDB; of other engines who follows whom, on PostgreSQL; add --engine postgres',
  ],
  [
    'a scenario that does not fit',
    TWO_REGIONS.replaceAll('eu-west-1', 'us-east-1'),
    2,
    'scenario region-cut-off cannot be played on orders: all members are in us-east-1, so no Region can be cut off; allowed: members in two Regions or more; add a replica in another one',
  ],
])('%s', async (_, text, code, message) => {
  const { room, asked } = fakeRehearsal();
  const checkServers = (): void => {
    throw new UnderstudyError('postgres-missing', 'there is no PostgreSQL on this machine');
  };
  const io = new MemoryIo({ 'db.yaml': text }, { rehearsal: { ...room, checkServers } });
  const exit = await run(['rehearse', 'db.yaml', '--scenario', 'region-cut-off'], io);
  expect([exit, io.err.split('\n').slice(-2), asked]).toEqual([code, [`understudy: ${message}`, ''], []]);
});
