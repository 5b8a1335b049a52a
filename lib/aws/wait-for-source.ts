import { Stack, type CfnResource } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';

/** A member of a database, as far as it matters to those that are created from it, or that it is created from. */
interface Made extends Construct {
  readonly memberId: string;
  readonly resource?: CfnResource;
  readonly existingResource?: IConstruct;
}

/** Has a member deployed after its source. Names are literals, so that CloudFormation cannot see who needs whom. */
export function waitForSource(member: Made, source: Made): void {
  if (member.resource === undefined) return;
  const [own, other] = [Stack.of(member), Stack.of(source)];
  if (own === other) {
    const needed = source.resource ?? source.existingResource;
    if (needed !== undefined) member.resource.node.addDependency(needed);
  } else if (!waitsFor(other, own))
    own.addStackDependency(other, `${member.memberId} is created from ${source.memberId}`);
}

/** Whether a stack is deployed after another one, directly or not. */
function waitsFor(stack: Stack, other: Stack): boolean {
  return stack.dependencies.some((each) => each === other || waitsFor(each, other));
}
