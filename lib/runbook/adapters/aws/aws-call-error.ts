import { isUnderstudyError, UnderstudyError, type ErrorFamily } from '../../../topology';

/**
 * What became of a call to AWS that failed.
 *
 * `aws-throttled`, `aws-not-sent`, `aws-not-yet`: no effect, it may be made again. `aws-denied`, `aws-refused`: no effect.
 * `aws-unclear`: it may have had its effect.
 */
export type AwsCallCode =
  'aws-throttled' | 'aws-not-sent' | 'aws-not-yet' | 'aws-denied' | 'aws-refused' | 'aws-unclear';

const FAMILY: Readonly<Record<AwsCallCode, ErrorFamily>> = {
  'aws-throttled': 'retryable',
  'aws-not-sent': 'retryable',
  'aws-not-yet': 'retryable',
  'aws-denied': 'refused',
  'aws-refused': 'refused',
  'aws-unclear': 'unknown',
};

/** What is known of a failed call besides its message. */
export interface AwsCallFacts {
  /** The name that the service, the SDK or the network has for it, for example `DBInstanceNotFoundFault`. */
  readonly awsCode: string;
  /** False: nothing came back. A Region that is lost, or cut off from here, looks so. */
  readonly isAnswered: boolean;
}

/** A call to AWS that failed, without the SDK's own error as its cause: that one carries the answer with all its headers. */
export class AwsCallError extends UnderstudyError implements AwsCallFacts {
  declare readonly code: AwsCallCode;
  readonly awsCode: string;
  readonly isAnswered: boolean;

  constructor(code: AwsCallCode, message: string, { awsCode, isAnswered }: AwsCallFacts) {
    super(code, message, { family: FAMILY[code] });
    this.awsCode = awsCode;
    this.isAnswered = isAnswered;
  }
}

/** Told by its fields: instanceof fails across copies of the package. */
export function isAwsCallError(error: unknown): error is AwsCallError {
  return isUnderstudyError(error) && 'awsCode' in error && 'isAnswered' in error;
}
