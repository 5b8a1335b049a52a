import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface AppRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Templates by name of their stack. */
  readonly templates: Readonly<Record<string, unknown>>;
}

/** Runs bin/app.ts as `cdk synth -c topology=…` runs it: another process, context and folder in its environment. */
export function runApp(topology: string | undefined, env: Readonly<Record<string, string>> = {}): AppRun {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-out-'));
  try {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--require', resolve('test/app/_helpers/typescript.js'), 'bin/app.ts'],
      {
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'],
          CDK_OUTDIR: folder,
          CDK_CONTEXT_JSON: JSON.stringify(topology === undefined ? {} : { topology }),
          CDK_VALIDATION: 'false',
          ...env,
        },
      },
    );
    return { status, stdout, stderr, templates: templatesIn(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function templatesIn(folder: string): Readonly<Record<string, unknown>> {
  const ending = '.template.json';
  const files = readdirSync(folder).filter((file) => file.endsWith(ending));
  return Object.fromEntries(
    files.map((file) => [
      file.slice(0, -ending.length),
      JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown,
    ]),
  );
}
