/**
 * The main job on one topology: check it, draw it, synthesise it, and say what came out. `npm start -- FILE` for another
 * than the default.
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { processIo, run } from '../lib/cli';
import { ENGINES, formatDuration, parse, TopologyView, type Member, type Topology } from '../lib/topology';

const OUT = 'out';
const TEMPLATES = join(OUT, 'cdk.out');

interface Template {
  readonly file: string;
  readonly resources: number;
  readonly alarms: number;
}

async function main(file: string): Promise<number> {
  const checked = await run(['check', file], processIo(process));
  if (checked !== 0) return checked;
  const topology = parse(await readFile(file, 'utf8'), file);
  const diagram = join(OUT, `${topology.name}.svg`);
  await mkdir(OUT, { recursive: true });
  const drawn = await run(['diagram', file, '-o', diagram], processIo(process));
  if (drawn !== 0) return drawn;
  const templates = await synthesise(file);
  process.stdout.write(summary({ file, topology, diagram, templates }));
  return 0;
}

/** Runs the CDK app as `cdk synth` does, without the CLI around it: the CLI alone takes as long as everything else. */
async function synthesise(file: string): Promise<readonly Template[]> {
  await rm(TEMPLATES, { recursive: true, force: true });
  const app = resolve(__dirname, '../bin/app.js');
  const { context } = JSON.parse(await readFile('cdk.json', 'utf8')) as { context: object };
  const CDK_CONTEXT_JSON = JSON.stringify({ ...context, topology: file });
  const env = { ...process.env, CDK_OUTDIR: TEMPLATES, CDK_CONTEXT_JSON };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [app], { env });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  const files = (await readdir(TEMPLATES)).filter((name) => name.endsWith('.template.json')).sort();
  return Promise.all(files.map((name) => readTemplate(join(TEMPLATES, name))));
}

async function readTemplate(file: string): Promise<Template> {
  const { Resources } = JSON.parse(await readFile(file, 'utf8')) as { Resources: Record<string, { Type: string }> };
  const types = Object.values(Resources).map(({ Type }) => Type);
  return { file, resources: types.length, alarms: types.filter((type) => /Alarm$/.test(type)).length };
}

interface Done {
  readonly file: string;
  readonly topology: Topology;
  readonly diagram: string;
  readonly templates: readonly Template[];
}

function summary({ file, topology, diagram, templates }: Done): string {
  const { engine, primary, objectives, name } = topology;
  const { lag, dataLoss, recovery } = objectives;
  const promises = [
    `lag ${formatDuration(lag)}`,
    dataLoss === undefined ? [] : `data loss ${formatDuration(dataLoss)}`,
    recovery.member === undefined ? [] : `recovery ${formatDuration(recovery.member)}`,
    recovery.region === undefined ? [] : `recovery from loss of the Region ${formatDuration(recovery.region)}`,
  ].flat();
  const rows = templates.map((each) => [each.file, `${each.resources} resources`, `${each.alarms} alarms`]);
  return [
    '',
    `${name}: ${ENGINES[engine.name].title} ${engine.version ?? ''}, primary ${primary}`,
    `objectives: ${promises.join(', ')}`,
    '',
    ...table([['member', 'Region', 'role', 'follows', 'promotion', 'size', 'standby'], ...memberRows(topology)]),
    '',
    ...table([
      ['diagram', diagram],
      ...rows.map(([path = '', ...counts], index) => [index === 0 ? 'templates' : '', path, ...counts]),
    ]),
    '',
    `next: npx cdk diff -c topology=${file}, then npx cdk deploy --all -c topology=${file}`,
    '',
  ].join('\n');
}

function memberRows(topology: Topology): readonly (readonly string[])[] {
  const view = new TopologyView(topology);
  return topology.members.map((member: Member) => [
    member.id,
    member.region ?? '',
    view.roleOf(member),
    view.followedBy(member)?.id ?? '-',
    member.promotion === 'never' ? 'never' : `priority ${member.promotion}`,
    member.size ?? '',
    member.standby ?? '',
  ]);
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>((widest, row) => {
    row.forEach((cell, column) => (widest[column] = Math.max(widest[column] ?? 0, cell.length)));
    return widest;
  }, []);
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

void main(process.argv[2] ?? 'examples/orders.topology.yaml').then((code) => (process.exitCode = code));
