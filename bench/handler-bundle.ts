import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import type { Figure } from './figure';

const ROOT = resolve(__dirname, '../..');
const PROMOTE = join(ROOT, 'dist/handlers/promote/index.js');

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
 * The handler that promotes, against a bundle of the bare RDS client. It also has seven more clients, two database drivers, the
 * certificates of RDS and the schemas of the contract: it cannot be as small. What it does not use, it does not run.
 */
export function handlerFigures(): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  try {
    const bare = join(folder, 'index.js');
    buildSync({ ...BUNDLING, stdin: { contents: BARE, resolveDir: ROOT }, outfile: bare });
    const baseline = '@aws-sdk/client-rds with one command, bundled the same way';
    const size = statSync(PROMOTE).size / statSync(bare).size;
    const [ours, theirs] = alternately(PROMOTE, bare);
    return [
      { bench: 'handler-size', value: size, limit: 4, baseline },
      { bench: 'handler-import', value: ours / theirs, limit: 3, baseline },
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
