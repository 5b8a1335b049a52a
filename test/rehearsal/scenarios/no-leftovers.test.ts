import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { segmentsOf } from '../_helpers/segments';
import { until } from '../_helpers/until';

// The command as a process of its own, with real servers.
jest.setTimeout(120_000);

const ROOT = resolve(__dirname, '../../..');
/** In the package, which finds itself by its name, and made of the sources as they are now. */
const PROGRAM = join(ROOT, `dist/test-rehearsal/understudy-${process.pid}.js`);

const TOPOLOGY = `name: shop
engine: { name: postgres, version: '17.6' }
primary: ada
objectives: { lag: 5m }
members:
  ada: { region: us-east-1, size: db.m7g.large, storage: { gib: 100 }, promotion: 1 }
  bab: { region: us-east-1, replicaOf: ada, promotion: 2 }
`;

/** A failover of a primary that is well is refused: nothing takes less time. */
const scenario = (outcome: string): string => `name: quick
about: Somebody asks for a failover, and nothing is wrong.
aftermath: 10s
runs:
  - mode: failover
    outcomes: [${outcome}]
`;

let workplace: string;
beforeAll(async () => {
  buildSync({
    ...{ entryPoints: [join(ROOT, 'bin/understudy.ts')], outfile: PROGRAM },
    ...{ bundle: true, platform: 'node', packages: 'external', logLevel: 'error' },
  });
  workplace = await mkdtemp(join(tmpdir(), 'understudy-left-'));
  writeFileSync(join(workplace, 'shop.yaml'), TOPOLOGY);
  writeFileSync(join(workplace, 'refused.yaml'), scenario('REFUSED'));
  writeFileSync(join(workplace, 'done.yaml'), scenario('DONE'));
});
afterAll(() => Promise.all([rm(workplace, { recursive: true }), rm(PROGRAM)]));

/** A temporary folder of its own, so that nothing that is left is overlooked. Its path has to be short, for sockets. */
async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'us-'));
  await chmod(folder, 0o755);
  return folder;
}

const begun: ChildProcess[] = [];
// A test that fails leaves nothing either.
afterEach(() => begun.splice(0).forEach((child) => child.kill('SIGTERM')));

class Command {
  out = '';
  err = '';
  readonly child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(
    readonly folder: string,
    line: string,
    out = 'seen',
  ) {
    this.child = spawn(
      process.execPath,
      [PROGRAM, 'rehearse', 'shop.yaml', '--scale', '40', '-o', out, ...line.split(' ')],
      {
        cwd: workplace,
        env: { ...process.env, TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.child.stdout?.on('data', (data: Buffer) => (this.out += data.toString()));
    this.child.stderr?.on('data', (data: Buffer) => (this.err += data.toString()));
    begun.push(this.child);
    this.#ended = once(this.child, 'close');
  }

  /** Until it has said something. */
  async says(text: string): Promise<void> {
    await until(() => `${this.out}${this.err}`.includes(text) || this.child.exitCode !== null, 60);
    if (!`${this.out}${this.err}`.includes(text)) throw new Error(`It ended without ${text}:\n${this.err}`);
  }

  async end(): Promise<unknown> {
    await this.#ended;
    return this.child.signalCode ?? this.child.exitCode;
  }
}

/** Every process that has to do with a folder: the servers' data are there. One that was just forked looks as its parent. */
const processesIn = (folder: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => textOf(`/proc/${pid}/cmdline`).includes(folder));

/** Of a process that ended meanwhile there is nothing to read. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** What there is of a command that has ended. The report is no leftover. */
async function leftIn({ folder }: Command, servers: readonly number[]): Promise<unknown> {
  const left = [processesIn(folder), readdirSync(folder), segmentsOf(...servers)];
  await rm(folder, { recursive: true });
  return left;
}

const NOTHING = [[], [], []];

/** Until its servers run. */
async function servers(command: Command): Promise<readonly number[]> {
  await command.says('2 servers run');
  const pids = processesIn(command.folder);
  // Else the test looks for the wrong things.
  expect([pids.length >= 2, segmentsOf(...pids).length]).toEqual([true, 2]);
  // Their other shared memory is files in their folders.
  expect(pids.filter((pid) => textOf(`/proc/${pid}/maps`).includes('/dev/shm/PostgreSQL'))).toEqual([]);
  return pids;
}

test.each([
  ['kept', 0, 'every promise kept', ['refused.yaml', 'refused.yaml']],
  ['broken', 1, 'quick: outcome: the run ended REFUSED; allowed is DONE', ['done.yaml']],
])('nothing is left when every promise was %s, and a start right after is clean', async (_, code, told, files) => {
  const folder = await temporary();
  for (const file of files) {
    const command = new Command(folder, `--scenario ${file}`);
    const pids = await servers(command);
    expect(await command.end()).toBe(code);
    expect(command.out).toContain(told);
    expect([processesIn(folder), readdirSync(folder), segmentsOf(...pids)]).toEqual(NOTHING);
  }
  await rm(folder, { recursive: true });
});

test.each([
  [
    'SIGINT',
    130,
    /Interrupted, and nothing judged: 2 servers were ended, and \S+\/us-\S+\/understudy-\S+ removed\.\n$/,
  ],
  ['SIGTERM', 'SIGTERM', /2 servers run, and clients write\n$/],
] as const)('nothing is left after %s in the midst', async (signal, end, told) => {
  const command = new Command(await temporary(), '--scenario refused.yaml', `after-${signal}`);
  const pids = await servers(command);
  command.child.kill(signal);
  expect(await command.end()).toBe(end);
  expect(command.err).toMatch(told);
  expect([await leftIn(command, pids), readdirSync(join(workplace, `after-${signal}`))]).toEqual([NOTHING, []]);
});

test('nor after SIGINT while the servers are started', async () => {
  const command = new Command(await temporary(), '--scenario refused.yaml');
  await command.says('starting servers');
  await until(() => readdirSync(command.folder).length > 0);
  command.child.kill('SIGINT');
  expect(await command.end()).toBe(130);
  expect(command.err).toContain(
    'Interrupted, and nothing judged: what had been started was ended, and its folder removed.\n',
  );
  expect(await leftIn(command, [])).toEqual(NOTHING);
});

/** Whether somebody takes connections there. */
function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port });
    socket.on('connect', () => done(true)).on('error', () => done(false));
    socket.on('connect', () => socket.destroy());
  });
}

test('servers that are kept are gone after SIGINT, with their ports', async () => {
  const command = new Command(await temporary(), '--scenario refused.yaml --keep');
  const pids = await servers(command);
  await command.says('Ctrl-C ends them all');
  const doors = [...command.out.matchAll(/@([\d.]+):(\d+)\//g)].map(
    ([, host = '', port = '']) => [host, Number(port)] as const,
  );
  const open = (): Promise<readonly boolean[]> => Promise.all(doors.map(([host, port]) => isOpen(host, port)));
  expect(await open()).toEqual([true, true]);
  command.child.kill('SIGINT');
  expect(await command.end()).toBe(0);
  expect([await open(), await leftIn(command, pids)]).toEqual([[false, false], NOTHING]);
});

test("two at the same time are in nobody's way", async () => {
  const folder = await temporary();
  const both = ['one', 'two'].map((out) => new Command(folder, '--scenario refused.yaml', out));
  expect(await Promise.all(both.map((command) => command.end()))).toEqual([0, 0]);
  expect(['one', 'two'].map((out) => existsSync(join(workplace, out, 'report.html')))).toEqual([true, true]);
  expect([processesIn(folder), readdirSync(folder)]).toEqual([[], []]);
  await rm(folder, { recursive: true });
});
