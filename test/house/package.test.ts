import { readFileSync, rmSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

import { PackedPackage, run } from './packed-package';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

const REPOSITORY = resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as Manifest;
const LOCKED = (JSON.parse(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8')) as Lock).packages;
const DEPENDENCIES = Object.keys(manifest.dependencies);
const PEERS = Object.keys(manifest.peerDependencies);
const ENTRY_POINTS = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
  typeof target === 'string' ? [] : [{ name: `db-understudy${subpath.slice(1)}`, ...target }],
);
const TARGETS = [...Object.values(manifest.exports), ...Object.values(manifest.bin)].flatMap((target) =>
  typeof target === 'string' ? [target] : [target.types, target.default],
);

describe('package.json', () => {
  test('has no root barrel: every entry point is a subpath', () => {
    expect(Object.keys(manifest.exports)).toEqual([
      ...['./topology', './aws', './gcp', './runbook', './rehearsal'],
      ...['./topology.schema.json', './scenario.schema.json', './package.json'],
    ]);
    expect(Object.keys(manifest).filter((key) => ['main', 'module', 'types', 'browser'].includes(key))).toEqual([]);
  });

  test('leaves every cloud optional, and tests against all of them', () => {
    expect(manifest.peerDependenciesMeta).toEqual(Object.fromEntries(PEERS.map((peer) => [peer, { optional: true }])));
    expect(Object.keys(manifest.devDependencies)).toEqual(expect.arrayContaining(PEERS));
    expect(DEPENDENCIES.filter((name) => PEERS.includes(name))).toEqual([]);
  });

  test('runs nothing on the machine of whoever installs it', () => {
    expect(Object.keys(manifest.scripts).filter((script) => /^(pre|post)?install$/.test(script))).toEqual([]);
  });

  test('is locked without the address of any registry', () => {
    expect(Object.values(LOCKED).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([]);
  });

  test('is locked for every platform, or `npm ci` refuses', () => {
    const wanted = Object.values(LOCKED).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
    const locked = new Set(Object.keys(LOCKED).map((path) => path.split('node_modules/').at(-1)));

    expect(wanted).not.toEqual([]);
    expect(wanted.filter((name) => !locked.has(name))).toEqual([]);
  });
});

describe('the packed package', () => {
  let packed: PackedPackage;
  let machine = '';
  let app = '';

  beforeAll(async () => {
    packed = await PackedPackage.make();
    machine = packed.installed('machine', DEPENDENCIES);
    app = packed.installed('app', [...DEPENDENCIES, ...PEERS]);
  }, 120_000);

  afterAll(() => rmSync(packed.scratch, { recursive: true }));

  const has = (path: string): boolean => packed.files.includes(posix.normalize(path));

  test('has every file that package.json points at', () => {
    expect(TARGETS.filter((target) => !has(target))).toEqual([]);
    expect(manifest.files.filter((entry) => !packed.files.some((path) => path.startsWith(entry)))).toEqual([]);
  });

  test('has every handler, bundled', () => {
    const handlers = packed.files.filter((path) => /^dist\/handlers\/[a-z]+\/index\.js$/.test(path)).toSorted();
    expect(handlers).toEqual(
      ['google', 'names', 'plan', 'promote', 'watch'].map((name) => `dist/handlers/${name}/index.js`),
    );
  });

  test('has nothing from the workshop', () => {
    const shipped =
      /^((dist\/)?(lib|bin)\/.*|dist\/handlers\/[a-z]+\/((index|pg|mysql2|certificates|google-auth|route-53)\.js(\.map)?|package\.json)|schema\/[^/]+\.json|README\.md|LICENSE|package\.json)$/;

    expect(packed.files.filter((path) => !shipped.test(path))).toEqual([]);
  });

  test('has the source that each source map leads to', () => {
    const maps = packed.files.filter((path) => path.endsWith('.map'));
    const home = join(machine, 'node_modules/db-understudy');
    const dead = maps.filter((path) => {
      const { sources } = JSON.parse(readFileSync(join(home, path), 'utf8')) as { sources: string[] };
      // What is bundled of other packages is in those.
      const own = sources.filter((source) => !/(^|\/)node_modules\/|^[a-z0-9-]+:/.test(source));
      return !own.every((source) => has(posix.join(posix.dirname(path), source)));
    });

    expect(maps.filter((path) => path.endsWith('.js.map'))).not.toEqual([]);
    expect(maps.filter((path) => path.endsWith('.d.ts.map'))).not.toEqual([]);
    expect(dead).toEqual([]);
  });

  test.each(ENTRY_POINTS)('$name exports to ESM every name that it exports to CommonJS', ({ name }) => {
    const required = run(app, process.execPath, '-p', `Object.keys(require('${name}')).sort().join()`);
    const names = `Object.keys(m).filter((n) => !['default', 'module.exports', '__esModule'].includes(n))`;
    const esm = `import * as m from '${name}'; console.log(${names}.sort().join());`;
    const imported = run(app, process.execPath, '--input-type=module', '-e', esm);

    expect(required).toEqual({ status: 0, stdout: expect.stringMatching(/\w/) as string, stderr: '' });
    expect(imported).toEqual(required);
  });

  test('reads a topology with no CDK installed', () => {
    const script = `console.log(typeof require('db-understudy/topology').parse)`;

    expect(run(machine, process.execPath, '-e', script)).toEqual({ status: 0, stdout: 'function\n', stderr: '' });
  });

  test('says which package is missing when the CDK is asked for and not there', () => {
    const { status, stderr } = run(machine, process.execPath, '-e', `require('db-understudy/aws')`);

    expect(status).toBe(1);
    expect(stderr).toMatch(/Cannot find module '(aws-cdk-lib|constructs)/);
  });

  test('starts the command with no CDK installed', () => {
    const understudy = join(machine, 'node_modules/db-understudy/dist/bin/understudy.js');
    const example = join(REPOSITORY, 'examples/orders.topology.yaml');

    expect(run(machine, process.execPath, understudy, '--help')).toMatchObject({ status: 0, stderr: '' });
    expect(run(machine, process.execPath, understudy, 'check', example)).toMatchObject({ status: 0 });
  });
});
