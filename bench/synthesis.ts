import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { collectGarbage } from './collect-garbage';
import type { Figure } from './figure';
import { inRounds } from './in-rounds';
import { medianRatio } from './median-ratio';
import { plainDatabase } from './plain-database';
import { threadTime } from './thread-time';
import { understudyDatabase } from './understudy-database';

type Program = (stack: Stack, vpc: ec2.IVpc, replicas: number) => void;

interface Run {
  /** In microseconds. */
  readonly cost: number;
  readonly resources: number;
}

const STACKS = 100;
const REPLICAS = 15;
/** Rounds in which each is measured once. */
const RUNS = 3;

/** Time and size of one hundred databases with fifteen replicas each, against the same written with aws-cdk-lib alone. */
export function synthesisFigures(): readonly Figure[] {
  run(understudyDatabase, 5);
  run(plainDatabase, 5);
  const [ours, plain, few] = [[] as Run[], [] as Run[], [] as Run[]];
  const round = (): void => {
    few.push(run(understudyDatabase, STACKS / 10));
    ours.push(run(understudyDatabase, STACKS));
    plain.push(run(plainDatabase, STACKS));
  };
  return inRounds(RUNS, round, () => figuresOf(ours, plain, few));
}

function figuresOf(ours: readonly Run[], plain: readonly Run[], few: readonly Run[]): readonly Figure[] {
  const baseline = `aws-cdk-lib L2s, ${STACKS} stacks of 1 + ${REPLICAS}`;
  const costs = ours.map(costOf);
  return [
    { bench: 'synth-time', ...medianRatio(costs, plain.map(costOf)), limit: 1, baseline },
    { bench: 'synth-resources', value: sizeOf(ours) / sizeOf(plain), limit: 0.7, baseline },
    {
      bench: 'synth-growth',
      ...medianRatio(
        costs,
        few.map((each) => costOf(each) * 10),
      ),
      limit: 1.1,
      baseline: `ten times ${STACKS / 10} stacks`,
    },
  ];
}

function run(program: Program, stacks: number): Run {
  const outdir = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  collectGarbage();
  const started = threadTime();
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  for (let index = 0; index < stacks; index += 1) {
    const stack = new Stack(app, `database-${index}`, { env: { region: 'eu-west-1' } });
    program(stack, networkOf(stack), REPLICAS);
  }
  app.synth();
  const cost = threadTime() - started;
  const resources = resourcesIn(outdir);
  rmSync(outdir, { recursive: true });
  return { cost, resources };
}

function networkOf(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  });
}

function resourcesIn(outdir: string): number {
  return readdirSync(outdir)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => JSON.parse(readFileSync(join(outdir, name), 'utf8')) as { Resources: object })
    .reduce((total, { Resources }) => total + Object.keys(Resources).length, 0);
}

const costOf = ({ cost }: Run): number => cost;

function sizeOf([first]: readonly Run[]): number {
  return first?.resources ?? 0;
}
