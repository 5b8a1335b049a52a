/**
 * Who may do something about an error.
 *
 * `refused`: the input is wrong, trying again changes nothing. `retryable`: the same call may succeed later.
 * `unknown`: it cannot be told what happened; stop and ask a person.
 */
export type ErrorFamily = 'refused' | 'retryable' | 'unknown';

const MARK = Symbol.for('db-understudy.error');

/** Base of every error this package throws on purpose. Told apart by `code`, never by `instanceof`. */
export class UnderstudyError extends Error {
  readonly code: string;
  readonly family: ErrorFamily;

  constructor(code: string, message: string, options: { family?: ErrorFamily; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UnderstudyError';
    this.code = code;
    this.family = options.family ?? 'refused';
    Object.defineProperty(this, MARK, { value: true });
  }
}

/** True for errors of this package, whichever copy of it made them. */
export function isUnderstudyError(error: unknown): error is UnderstudyError {
  return typeof error === 'object' && error !== null && MARK in error;
}
