import { UnderstudyError } from '../topology';

/** A service says no: what it answers instead of doing anything. `code` is the service's own. */
export class ApiRefusal extends UnderstudyError {
  readonly httpStatus: number;
  /** What the answer says besides code and message. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, httpStatus = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(code, message);
    this.name = 'ApiRefusal';
    this.httpStatus = httpStatus;
    this.details = details;
  }
}

/** True of what a service says, as opposed to a bug of the embedded cloud. */
export function isApiRefusal(error: unknown): error is ApiRefusal {
  return typeof error === 'object' && error !== null && 'httpStatus' in error && 'code' in error;
}

/**
 * What the embedded cloud cannot do: a setting that is ignored would make a test pass that the real service fails.
 * 501, which the SDK does not try again, as it would 500 and 503.
 */
export const notPlayed = (what: string): ApiRefusal =>
  new ApiRefusal('NotImplemented', `The embedded cloud does not play ${what}.`, 501);
