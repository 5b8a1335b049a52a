import { Stack, Validations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Why a wildcard is there. AWS Solutions ask for each by itself. */
const REASONS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/:db:\*$/, 'Looked at, and nothing else: who follows a new primary is not always a member of the topology.'],
  [/:db:.+-\*$/, 'Replicas that a run makes are named after the new primary, with a number that is free then.'],
  [
    /:(pg|og|subgrp):/,
    'Groups are read, copied, or used by an instance; only those of a freeze are changed, which are named one by one.',
  ],
  [/:cluster-snapshot:\*$/, 'Looked at, and nothing else: Aurora names the snapshot that it makes of an old primary.'],
  [
    /:cluster-snapshot:(rds:)?unplanned-global-failover-/,
    'Snapshots that Aurora makes of an old primary end in a time; they are copied, and nothing else.',
  ],
  [/:cluster-pg:\*$/, 'Parameter groups are used by a cluster whose backups are changed, and are not changed.'],
  [/:kms:.+key\//, 'A key of that Region, only by way of RDS and only for what AWS does itself with a new replica.'],
  [/:route53:/, 'The id of a change is known when it is made; it can be looked at, and nothing else.'],
  [/^kms:GenerateDataKey\*$/, 'What publishing to a topic with a key of its own needs, on that key alone.'],
  [/\.Arn>:\*$/, 'The CDK allows the function in whatever version it has; it has but one.'],
  [
    /^\*$/,
    'Metrics, events, network interfaces, deliveries of logs and traces have no names that a policy could tell; or it is denied.',
  ],
];

/** Acknowledges the wildcards in what a role is allowed, each with its reason. One without a reason is left to be found. */
export function acknowledgeWildcards(role: IConstruct, statements: readonly iam.PolicyStatement[]): void {
  const resources = statements.flatMap((each) => each.resources.map((arn) => ['Resource', textOf(role, arn)] as const));
  const actions = statements.flatMap((each) => each.actions.map((action) => ['Action', action] as const));
  for (const [kind, text] of [...resources, ...actions]) acknowledgeWildcard(role, kind, text);
}

/** @param text as cdk-nag writes it: references between angle brackets */
export function acknowledgeWildcard(role: IConstruct, kind: 'Resource' | 'Action', text: string): void {
  const reason = text.includes('*') ? REASONS.find(([pattern]) => pattern.test(text))?.[1] : undefined;
  if (reason === undefined) return;
  // As `acknowledge()` writes it. In aws-cdk-lib 2.262 that takes no id with more than one `::` in it, as ARNs have.
  role.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, {
    [`AwsSolutions-IAM5[${kind}::${text}]`]: reason,
  });
}

/** A text with tokens in it, as cdk-nag writes it. */
export function textOf(scope: IConstruct, value: string): string {
  return flat(Stack.of(scope).resolve(value));
}

function flat(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  const [only] = Object.entries(resolved as Record<string, unknown>);
  const [name, inner] = only ?? [];
  if (name === 'Ref') return `<${String(inner)}>`;
  if (name === 'Fn::GetAtt') return `<${(inner as string[]).join('.')}>`;
  return name === 'Fn::Join' ? (inner as [string, unknown[]])[1].map(flat).join('') : '';
}
