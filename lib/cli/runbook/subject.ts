import { checkText, TopologyView, type Topology } from '../../topology';
import type { Invocation } from '../command';
import { findingLine } from '../finding-line';
import type { Io } from '../io';
import { paintFor } from '../paint';
import { UsageError } from '../usage-error';
import { verdictOn } from '../verdict';

/** Which runbook is meant. */
export interface Subject {
  readonly topology: string;
  /** The Region that is recovered in. */
  readonly region: string;
  /** Of Google Cloud. Undefined: it is on AWS. */
  readonly project?: string;
}

const NAME = /^[a-z](-?[a-z0-9])*$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d+$/;
const GOOGLE_REGION = /^[a-z]+-[a-z]+\d+$/;
const PROJECT = /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

/** The topology and the Region that a command line means; undefined: the file has errors, and they were told. */
export async function subjectOf(
  { operands: [operand = ''], options }: Invocation,
  io: Io,
): Promise<Subject | undefined> {
  const given = projectIn(options['project']);
  const region = regionIn(options['region']);
  if (!isFile(operand)) {
    checkName(operand);
    if (region === undefined) throw regionMissing(`the name ${operand} does not tell it`, []);
    checkRegion(region, given !== undefined);
    return placeOf(operand, region, given);
  }
  const checked = checkText(await io.readFile(operand));
  if (checked.topology === undefined) {
    const paint = paintFor(io.stderr, io.env);
    for (const finding of checked.findings) io.stderr.write(findingLine(finding, operand, paint));
    io.stderr.write(`${paint('red', `${operand}: ${verdictOn(checked)}; nothing was asked`)}\n`);
    return undefined;
  }
  const { topology } = checked;
  const project = topology.cloud === 'gcp' ? projectOf(topology, operand, given) : undefined;
  if (project === undefined && given !== undefined) {
    throw new UsageError(`${operand} is for AWS, which has no projects`, 'allowed: no --project', 'take it away');
  }
  if (region !== undefined) checkRegion(region, project !== undefined);
  return placeOf(topology.name, region ?? recoveryRegionOf(topology, operand), project);
}

function placeOf(topology: string, region: string, project: string | undefined): Subject {
  return { topology, region, ...(project === undefined ? {} : { project }) };
}

function projectOf({ gcp }: Topology, file: string, given: string | undefined): string {
  const project = given ?? gcp?.project;
  if (project !== undefined) return project;
  throw new UsageError(
    `${file} does not say in which project of Google Cloud it is`,
    'allowed: gcp.project in the file, or --project',
    'add one of them',
  );
}

function projectIn(project: Invocation['options'][string]): string | undefined {
  if (typeof project !== 'string') return undefined;
  if (PROJECT.test(project)) return project;
  throw new UsageError(
    `--project is ${project}`,
    'allowed: the id of a project of Google Cloud, for example acme-prod',
    'correct it',
  );
}

/** A name has neither. */
function isFile(operand: string): boolean {
  return /[./\\]/.test(operand);
}

function checkName(operand: string): void {
  if (NAME.test(operand) && operand.length <= 50) return;
  throw new UsageError(
    `${operand === '' ? 'an empty text' : operand} is no topology`,
    'allowed: a file such as orders.topology.yaml, or a name such as orders',
    'correct it',
  );
}

function regionIn(region: Invocation['options'][string]): string | undefined {
  if (typeof region !== 'string') return undefined;
  if (REGION.test(region) || GOOGLE_REGION.test(region)) return region;
  throw new UsageError(`--region is ${region}`, 'allowed: the code of a Region, for example eu-west-1', 'correct it');
}

function checkRegion(region: string, isGoogle: boolean): void {
  if ((isGoogle ? GOOGLE_REGION : REGION).test(region)) return;
  throw new UsageError(
    `--region is ${region}, which is none of ${isGoogle ? 'Google Cloud' : 'AWS'}`,
    `allowed: the code of a Region, for example ${isGoogle ? 'europe-west1, with a project' : 'eu-west-1; on Google Cloud, --project as well'}`,
    'correct it',
  );
}

/** There is one runbook in each Region that can be promoted into: only where that is one, nothing needs to be said. */
function recoveryRegionOf(topology: Topology, file: string): string {
  const regions = new Set(new TopologyView(topology).promotable.flatMap(({ region }) => region ?? []));
  const [only, ...others] = regions;
  if (only !== undefined && others.length === 0) return only;
  throw regionMissing(
    regions.size === 0
      ? `in ${file} nobody can be promoted`
      : `in ${file} members of ${regions.size} Regions can be promoted`,
    [...regions],
  );
}

function regionMissing(why: string, regions: readonly string[]): UsageError {
  const allowed = regions.length === 0 ? 'the Region that is recovered in' : regions.join(', ');
  return new UsageError(`--region is missing: ${why}`, `allowed: ${allowed}`, 'add --region');
}
