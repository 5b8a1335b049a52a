import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
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

/** What `npm run build` has left is taken as it is, where nothing has changed since: to make all again takes a minute and a half. */
function build(stage: string): void {
  const compile = ['node_modules/typescript/bin/tsc', '-b', 'tsconfig.build.json'];
  const isCompiled = run(REPOSITORY, ...compile, '--dry').includes('is up to date');
  const isBundled = isCompiled && areBundlesNewest();
  const copy = { recursive: true, preserveTimestamps: true };
  for (const name of SOURCES) cpSync(join(REPOSITORY, name), join(stage, name), copy);
  if (existsSync(join(REPOSITORY, 'dist'))) {
    const filter = (path: string): boolean => isWanted(path.slice(REPOSITORY.length + 1), isBundled);
    cpSync(join(REPOSITORY, 'dist'), join(stage, 'dist'), { ...copy, filter });
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(stage, 'node_modules'));
  if (!isCompiled) run(stage, ...compile);
  if (!isBundled) run(stage, 'dist/scripts/bundle.js');
}

/** One of each kind: they are made by one script, after the compiler. */
const BUNDLES = ['handlers/promote', 'lib/cli/operator', 'lib/rehearsal'].map((folder) => `dist/${folder}/index.js`);

/** Nothing that they are made of is newer: neither what the compiler has made, nor the packages. */
function areBundlesNewest(): boolean {
  const at = (name: string): number =>
    statSync(join(REPOSITORY, name), { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
  const made = Math.min(...[...BUNDLES, 'dist/lib/rehearsal/report/page/browser/page.css'].map(at));
  return made > at('dist/build.tsbuildinfo') && made > at('node_modules/.package-lock.json');
}

/** The compiler never deletes what it once wrote. */
function isWanted(path: string, isBundled: boolean): boolean {
  if (path.startsWith(join('dist', 'handlers'))) return isBundled;
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
