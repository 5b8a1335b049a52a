import { gzipSync } from 'node:zlib';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SETTINGS_VARIABLE, type RunbookSettings } from '../runbook/contract';
import { UnderstudyError, type Topology } from '../topology';
import { knownValues } from './known-values';

/** Lambda takes an environment of so many bytes, names and values together. Source: Lambda quotas. */
const LARGEST_ENVIRONMENT = 4096;

/** What stands for a value that only CloudFormation will know: an ARN is hardly longer. */
const LENGTH_OF_UNKNOWN = 200;

/** Of a gzip header: the system that wrote it. Left alone, the same program has another template on another machine. */
const SYSTEM_BYTE = 9;
const NO_SYSTEM = 255;

/** The topology, compressed. What is only known at deployment is left out of it: the rules of a run skip what is unknown. */
export function compressedTopology(topology: Topology): string {
  const compressed = gzipSync(JSON.stringify(knownValues(topology)), { level: 9 });
  compressed[SYSTEM_BYTE] = NO_SYSTEM;
  return compressed.toString('base64');
}

/**
 * The settings as JSON, with tokens in it where CloudFormation has to fill in an ARN.
 *
 * @throws UnderstudyError `topology-too-large` when they do not fit into the environment of a function
 */
export function settingsText(scope: Construct, settings: RunbookSettings, topology: Topology): string {
  const stack = Stack.of(scope);
  const text = stack.toJsonString(settings);
  const bytes = SETTINGS_VARIABLE.length + lengthOf(stack.resolve(text));
  if (bytes <= LARGEST_ENVIRONMENT) return text;
  throw new UnderstudyError(
    'topology-too-large',
    `the runbook's settings of ${topology.name} take ${bytes} bytes, ${settings.topology.length} of them the compressed topology with ${topology.members.length} members; allowed: ${LARGEST_ENVIRONMENT}, the environment of a Lambda function; fix: take out tags, engine parameters or removed members, or split the topology`,
  );
}

function lengthOf(resolved: unknown): number {
  if (typeof resolved === 'string') return Buffer.byteLength(resolved);
  const parts = (resolved as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1] ?? [];
  return parts.reduce<number>(
    (sum, part) =>
      sum + (typeof part === 'string' && !Token.isUnresolved(part) ? Buffer.byteLength(part) : LENGTH_OF_UNKNOWN),
    0,
  );
}
