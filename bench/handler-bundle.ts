import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import type { Figure } from './figure';

const ROOT = resolve(__dirname, '../..');
const HANDLER = join(ROOT, 'dist/handlers/promote');
const PROMOTE = join(HANDLER, 'index.js');

/** What a function of a PostgreSQL topology has beside it. Read when a database is asked for the first time. */
const BESIDE = ['pg.js', 'certificates.js'].map((file) => join(HANDLER, file));

/** The least that a function needs that calls RDS. */
const BARE = `import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
export const handler = () => new RDSClient({}).send(new DescribeDBInstancesCommand({}));`;

/** As scripts/bundle.ts bundles the handlers. */
const BUNDLING: BuildOptions = {
  ...{ bundle: true, platform: 'node', target: 'node22', format: 'cjs', minify: true, keepNames: true },
  ...{ legalComments: 'none', mainFields: ['module', 'main'], external: ['@aws-sdk/signature-v4-crt', 'aws-crt'] },
};

/** The fastest of so many starts counts: everything else that the machine does only ever adds to it. */
const STARTS = 9;

/**
 * The handler that promotes, against a bundle of the bare RDS client, of which one command is called. What is aimed at is 1.5;
 * what is more than that, and why, in parts of the bare bundle:
 *
 * 0.5 six clients more, of which CloudWatch, DynamoDB, SSM, Secrets Manager and SNS are needed in every run; each brings the
 *     errors and shapes of its whole service. 0.35 the runbook itself. 0.25 the schemas that hold every event and result
 *     against the contract. 0.1 clusters: twelve more calls of RDS, and all that is in their answers. Beside it, of what asks databases: 0.45 the certificates of RDS in all Regions, 0.2 the driver.
 *
 * The import is compiling, so it grows with the size. Drivers, certificates and Route 53 are files of their own: one that a
 * topology does not need is not shipped, and one that a run does not need is not read.
 */
export function handlerFigures(): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  try {
    const bare = join(folder, 'index.js');
    buildSync({ ...BUNDLING, stdin: { contents: BARE, resolveDir: ROOT }, outfile: bare });
    const baseline = '@aws-sdk/client-rds with one command, bundled the same way';
    const whole = statSync(bare).size;
    const size = statSync(PROMOTE).size;
    const shipped = [PROMOTE, ...BESIDE].reduce((sum, file) => sum + statSync(file).size, 0);
    const [ours, theirs] = alternately(PROMOTE, bare);
    return [
      { bench: 'handler-size', value: size / whole, limit: 2.35, baseline },
      { bench: 'handler-size-shipped', value: shipped / whole, limit: 2.95, baseline },
      { bench: 'handler-import', value: ours / theirs, limit: 2.75, baseline },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function alternately(one: string, other: string): readonly [number, number] {
  const [first, second]: [number[], number[]] = [[], []];
  for (let start = 0; start < STARTS; start += 1) {
    first.push(importCost(one));
    second.push(importCost(other));
  }
  return [Math.min(...first), Math.min(...second)];
}

/** Microseconds of processor time for the import alone, in a Node.js of its own. */
function importCost(file: string): number {
  const script = `const before = process.cpuUsage(); require(process.argv[1]);
    const { user, system } = process.cpuUsage(before); process.stdout.write(String(user + system)); process.exit(0);`;
  const { stdout, status, stderr } = spawnSync(process.execPath, ['-e', script, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}
