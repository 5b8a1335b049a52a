import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** A template as it was written, and what is in it. */
export interface Template {
  readonly file: string;
  readonly resources: number;
  readonly alarms: number;
}

/** Runs the CDK app as `cdk synth` does, without the CLI around it: the CLI alone takes as long as everything else. */
export async function synthesise(file: string, into: string): Promise<readonly Template[]> {
  await rm(into, { recursive: true, force: true });
  const app = resolve(__dirname, '../bin/app.js');
  const { context } = JSON.parse(await readFile('cdk.json', 'utf8')) as { context: object };
  const CDK_CONTEXT_JSON = JSON.stringify({ ...context, topology: file });
  const env = { ...process.env, CDK_OUTDIR: into, CDK_CONTEXT_JSON };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [app], { env });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  const files = (await readdir(into)).filter((name) => name.endsWith('.template.json')).sort();
  return Promise.all(files.map((name) => readTemplate(join(into, name))));
}

async function readTemplate(file: string): Promise<Template> {
  const { Resources } = JSON.parse(await readFile(file, 'utf8')) as { Resources: Record<string, { Type: string }> };
  const types = Object.values(Resources).map(({ Type }) => Type);
  return { file, resources: types.length, alarms: types.filter((type) => /Alarm$/.test(type)).length };
}
