import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { isAlive } from '../postgres/_helpers/rooms';
import { until } from '../_helpers/until';

jest.setTimeout(180_000);

const ROOT = resolve(__dirname, '../../..');

/** A program with two servers, one of them frozen. It tells where they are, and then does as its argument says. */
const PROGRAM = `
  import { openPostgresRoom } from '${ROOT}/lib/rehearsal/postgres/postgres-room';
  void (async () => {
    const room = await openPostgresRoom();
    const servers = [await room.add(), await room.add()];
    await Promise.all(servers.map((server) => server.start()));
    servers[1].freeze();
    process.stdout.write(JSON.stringify({ pids: servers.map(({ pid }) => pid) }) + '\\n');
    if (process.argv[2] === 'exit') process.exit(3);
    if (process.argv[2] === 'throw') throw new Error('a defect');
    if (process.argv[2] === 'listen') process.on('SIGINT', () => process.exit(7));
    setInterval(() => undefined, 1000);
  })();
`;

let workplace: string;
beforeAll(async () => {
  workplace = await mkdtemp(join(tmpdir(), 'understudy-interrupted-'));
  // The program finds the packages from where it is.
  await symlink(join(ROOT, 'node_modules'), join(workplace, 'node_modules'));
  const entry = join(workplace, 'program.ts');
  await writeFile(entry, PROGRAM);
  buildSync({
    ...{ entryPoints: [entry], outfile: join(workplace, 'program.js') },
    ...{ bundle: true, platform: 'node', packages: 'external', logLevel: 'error' },
  });
});
afterAll(() => rm(workplace, { recursive: true, force: true }));

interface Told {
  readonly child: ChildProcess;
  readonly pids: readonly number[];
  readonly temporary: string;
}

/** Begins it in a temporary folder of its own, so that nothing it leaves is overlooked. Its path has to be short. */
async function begin(argument = 'wait'): Promise<Told> {
  const temporary = await mkdtemp(join(tmpdir(), 'us-'));
  await chmod(temporary, 0o755);
  const child = spawn(process.execPath, [join(workplace, 'program.js'), argument], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, temporary, ...(JSON.parse(line.toString()) as { pids: number[] }) };
}

async function ended({ child }: Told): Promise<unknown> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode ?? child.exitCode;
}

test.each([
  ['SIGINT', 'wait', 'SIGINT'],
  ['SIGTERM', 'wait', 'SIGTERM'],
  ['SIGINT', 'listen', 7],
] as const)('after %s to a program that would %s, nothing is left', async (signal, argument, end) => {
  const told = await begin(argument);
  told.child.kill(signal);
  expect(await ended(told)).toBe(end);
  await until(() => !told.pids.some(isAlive));
  expect(readdirSync(told.temporary)).toEqual([]);
  await rm(told.temporary, { recursive: true });
});

test.each([
  ['exit', 3],
  ['throw', 1],
] as const)('when a program ends by %s, nothing is left', async (argument, code) => {
  const told = await begin(argument);
  expect(await ended(told)).toBe(code);
  await until(() => !told.pids.some(isAlive));
  expect(readdirSync(told.temporary)).toEqual([]);
  await rm(told.temporary, { recursive: true });
});
