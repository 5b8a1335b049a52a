import type { Stack } from 'aws-cdk-lib';

/** Whether a stack is deployed after another one, directly or not. */
export function waitsFor(stack: Stack, other: Stack): boolean {
  return stack.dependencies.some((each) => each === other || waitsFor(each, other));
}
