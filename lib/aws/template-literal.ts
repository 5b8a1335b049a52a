import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

interface Literals {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

/** The value in the template when it is a literal there; undefined when only CloudFormation will know it. */
export function templateLiteral<T extends keyof Literals>(
  scope: IConstruct,
  value: unknown,
  type: T,
): Literals[T] | undefined {
  const resolved: unknown = Stack.of(scope).resolve(value);
  return typeof resolved === type ? (resolved as Literals[T]) : undefined;
}
