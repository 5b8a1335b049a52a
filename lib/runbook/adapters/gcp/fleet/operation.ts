import type { Instant } from '../../../decision';

/** What Cloud SQL is doing with an instance, or has done. */
export interface Operation {
  readonly type: string;
  /** When it was asked for, by Google's clock. */
  readonly insertedAt: Instant;
  readonly isOver: boolean;
  readonly endedAt?: Instant;
  /** Why it failed; undefined: it did not. */
  readonly problem?: string;
}

/** As the Admin API tells it. */
export interface WireOperation {
  readonly name?: string;
  readonly operationType?: string;
  readonly status?: string;
  readonly insertTime?: string;
  readonly endTime?: string;
  readonly error?: { readonly errors?: readonly { readonly code?: string; readonly message?: string }[] };
}

export function operationIn({ operationType = '', status, insertTime = '', endTime, error }: WireOperation): Operation {
  const errors = error?.errors ?? [];
  return {
    type: operationType,
    insertedAt: Date.parse(insertTime) / 1000,
    isOver: status === 'DONE',
    ...(endTime === undefined ? {} : { endedAt: Date.parse(endTime) / 1000 }),
    ...(errors.length === 0
      ? {}
      : { problem: errors.map(({ code, message }) => `${code ?? 'error'}: ${message ?? ''}`).join('; ') }),
  };
}
