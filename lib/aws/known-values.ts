import { Token } from 'aws-cdk-lib';

/** The same value with everything left out that is only known at deployment. Rules skip what is left out. */
export function knownValues<T>(value: T): T {
  if (Array.isArray(value)) return value.map((each: unknown) => knownValues(each)) as T;
  if (typeof value === 'object' && value !== null) {
    const known = Object.entries(value).filter(([, inner]) => !Token.isUnresolved(inner));
    return Object.fromEntries(known.map(([key, inner]) => [key, knownValues(inner as unknown)])) as T;
  }
  return value;
}

/** Whether a text or number is only known at deployment. */
export function isUnknown(value: unknown): boolean {
  return Token.isUnresolved(value);
}
