import { gunzipSync } from 'node:zlib';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { PromotionRunbook, type PromotionRunbookProps, type ReplicatedInstance } from '../../../lib/aws';
import { runbookSettingsSchema, SETTINGS_VARIABLE, type RunbookSettings } from '../../../lib/runbook/contract';
import type { Topology } from '../../../lib/topology';
import { database, world, type World } from './database';

export const ACCOUNT = '123456789012';

export interface RunbookWorld extends World {
  readonly orders: ReplicatedInstance;
  readonly runbook: PromotionRunbook;
}

/** A database in Dublin with a replica in Paris, and the runbook that promotes it there. */
export function runbookWorld(
  props: Partial<PromotionRunbookProps> = {},
  wishes: Parameters<typeof database>[1] = {},
): RunbookWorld {
  const places = world();
  const { dublin, paris } = places;
  const objectives = { lag: Duration.seconds(30), dataLoss: Duration.minutes(1) };
  const orders = database(dublin, { objectives, ...wishes });
  orders.addReplica('bab', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key(), promotion: 2 });
  return { ...places, orders, runbook: new PromotionRunbook(paris, 'Runbook', { database: orders, ...props }) };
}

type Resource = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };

/** The template as CloudFormation would have it: every reference filled in with a text. */
export function deployed(stack: Stack): Readonly<Record<string, Resource>> {
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> };
  return filledIn(Resources, stack.region, Resources) as Record<string, Resource>;
}

/** The only resource of a type whose properties match. */
export function only(stack: Stack, type: string, props: object = {}): Resource['Properties'] {
  const matching = Object.keys(Template.fromStack(stack).findResources(type, { Properties: Match.objectLike(props) }));
  if (matching.length !== 1) throw new Error(`${matching.length} resources of type ${type} match`);
  return deployed(stack)[matching[0] ?? '']?.Properties ?? {};
}

function filledIn(value: unknown, region: string, resources: Readonly<Record<string, Resource>>): unknown {
  if (Array.isArray(value)) return value.map((each) => filledIn(each, region, resources));
  if (typeof value !== 'object' || value === null) return value;
  const [first, ...others] = Object.entries(value) as [string, unknown][];
  if (first !== undefined && others.length === 0) {
    const [name, inner] = first;
    if (name === 'Ref') return referred(String(inner), region, resources);
    if (name === 'Fn::GetAtt') return attribute(inner as [string, string], region, resources);
    if (name === 'Fn::Join') {
      const [separator, parts] = inner as [string, unknown[]];
      return parts.map((part) => filledIn(part, region, resources)).join(separator);
    }
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(each, region, resources)]));
}

function referred(name: string, region: string, resources: Readonly<Record<string, Resource>>): string {
  const pseudo = { 'AWS::Region': region, 'AWS::AccountId': ACCOUNT, 'AWS::Partition': 'aws' }[name];
  if (pseudo !== undefined) return pseudo;
  const { Type, Properties } = resources[name] ?? {};
  if (Type === 'AWS::SNS::Topic') return `arn:aws:sns:${region}:${ACCOUNT}:${name}`;
  if (Type === 'AWS::StepFunctions::StateMachine') {
    return `arn:aws:states:${region}:${ACCOUNT}:stateMachine:${String(Properties?.['StateMachineName'])}`;
  }
  return Type === 'AWS::SSM::Parameter' ? String(Properties?.['Name']) : name;
}

const NAME_OF: Readonly<Record<string, readonly [service: string, before: string, property: string]>> = {
  'AWS::Lambda::Function': ['lambda', 'function:', 'FunctionName'],
  'AWS::DynamoDB::Table': ['dynamodb', 'table/', 'TableName'],
};

function attribute(
  [name, attr]: [string, string],
  region: string,
  resources: Readonly<Record<string, Resource>>,
): string {
  const { Type = '', Properties = {} } = resources[name] ?? {};
  const [service, before, property] = NAME_OF[Type] ?? ['other', '', ''];
  const physical = property === '' ? name : String(Properties[property]);
  return attr === 'Arn' ? `arn:aws:${service}:${region}:${ACCOUNT}:${before}${physical}` : `${name}.${attr}`;
}

/** What the function of that name is told. */
export function settingsIn(stack: Stack, functionName: string): RunbookSettings {
  const { Environment } = only(stack, 'AWS::Lambda::Function', { FunctionName: functionName });
  const { Variables } = Environment as { Variables: Record<string, string> };
  return runbookSettingsSchema.parse(JSON.parse(Variables[SETTINGS_VARIABLE] ?? ''));
}

export function topologyIn({ topology }: RunbookSettings): Topology {
  return JSON.parse(gunzipSync(Buffer.from(topology, 'base64')).toString('utf8')) as Topology;
}

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** All policies of the role whose logical id begins so. */
export function policyOf(
  stack: Stack,
  roleId: string,
): { readonly Version: string; readonly Statement: readonly Statement[] } {
  const resources = deployed(stack);
  const statements = Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .filter(({ Properties }) => (Properties['Roles'] as string[]).some((role) => role.startsWith(roleId)))
    .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement);
  if (statements.length === 0) throw new Error(`no policy of ${roleId}`);
  return { Version: '2012-10-17', Statement: statements };
}

export const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;
