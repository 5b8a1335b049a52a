import { isUnderstudyError, UnderstudyError, type ErrorFamily } from '../../../topology';

/**
 * What became of a call to Google that failed.
 *
 * `google-throttled`, `google-not-sent`, `google-not-yet`: no effect, it may be made again. `google-denied`, `google-refused`: no
 * effect. `google-unclear`: it may have had its effect.
 */
export type GoogleCallCode =
  'google-throttled' | 'google-not-sent' | 'google-not-yet' | 'google-denied' | 'google-refused' | 'google-unclear';

const FAMILY: Readonly<Record<GoogleCallCode, ErrorFamily>> = {
  'google-throttled': 'retryable',
  'google-not-sent': 'retryable',
  'google-not-yet': 'retryable',
  'google-denied': 'refused',
  'google-refused': 'refused',
  'google-unclear': 'unknown',
};

/** What is known of a failed call besides its message. */
export interface GoogleCallFacts {
  /** Undefined: nothing came back. An API that is lost, or cut off from here, looks so. */
  readonly httpStatus?: number;
  /** The word that the service has for it: `operationInProgress`, `NOT_FOUND`. */
  readonly reason: string;
}

/** A call to Google that failed. No header of it, and no token, is in any field. */
export class GoogleCallError extends UnderstudyError implements GoogleCallFacts {
  declare readonly code: GoogleCallCode;
  readonly httpStatus?: number;
  readonly reason: string;

  constructor(code: GoogleCallCode, message: string, { httpStatus, reason }: GoogleCallFacts) {
    super(code, message, { family: FAMILY[code] });
    if (httpStatus !== undefined) this.httpStatus = httpStatus;
    this.reason = reason;
  }
}

/** Told by its fields: instanceof fails across copies of the package. */
export function isGoogleCallError(error: unknown): error is GoogleCallError {
  return isUnderstudyError(error) && error.code.startsWith('google-') && 'reason' in error;
}
