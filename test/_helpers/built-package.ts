import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const REPOSITORY = resolve(__dirname, '../..');

/** What the package is built of and packed with. */
const SOURCES = [
  ...['lib', 'bin', 'scripts', 'bench', 'examples', 'tsconfig.json', 'tsconfig.build.json'],
  ...['package.json', 'README.md', 'LICENSE', 'schema'],
];

/**
 * A copy of the repository in which the package is built as `npm run build` does it, with nothing in it whose source is gone: made
 * once for all files of tests of a run, in the run's own temporary folder. Whoever asks may read it, and nobody may change it.
 */
export async function builtPackage(): Promise<string> {
  const stage = join(tmpdir(), 'built-package');
  const done = `${stage}-done`;
  const failed = `${stage}-failed`;
  try {
    mkdirSync(stage);
  } catch {
    // Somebody else has begun, or is at its end.
    while (!existsSync(done)) {
      if (existsSync(failed)) throw new Error('The package could not be built: see the test that was first to ask.');
      await wait(100);
    }
    return stage;
  }
  try {
    build(stage);
    writeFileSync(done, '');
  } catch (error) {
    writeFileSync(failed, '');
    throw error;
  }
  return stage;
}

/** What `npm run build` has left is taken as it is, where nothing has changed since: to compile all again takes a minute. */
function build(stage: string): void {
  const copy = { recursive: true, preserveTimestamps: true };
  for (const name of SOURCES) cpSync(join(REPOSITORY, name), join(stage, name), copy);
  if (existsSync(join(REPOSITORY, 'dist'))) {
    const filter = (path: string): boolean => isWanted(path.slice(REPOSITORY.length + 1));
    cpSync(join(REPOSITORY, 'dist'), join(stage, 'dist'), { ...copy, filter });
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(stage, 'node_modules'));
  const compile = ['node_modules/typescript/bin/tsc', '-b', 'tsconfig.build.json'];
  if (!run(REPOSITORY, ...compile, '--dry').includes('is up to date')) run(stage, ...compile);
  run(stage, 'dist/scripts/bundle.js');
}

/** The compiler never deletes what it once wrote, and bundles are made anew. */
function isWanted(path: string): boolean {
  if (path.startsWith(join('dist', 'handlers'))) return false;
  const [, source] = /^dist[\\/](.*?)(?:\.d)?\.[jt]s(?:\.map)?$/.exec(path) ?? [];
  return source === undefined || existsSync(join(REPOSITORY, `${source}.ts`));
}

function run(cwd: string, ...args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error([args.join(' '), stdout, stderr].join('\n').trim(), { cause: error });
  }
}
