import { USUAL_BOUNDS, type Bounds } from '../sql';

export { USUAL_BOUNDS, type Bounds };

/** `read`: changes nothing, so the SDK may repeat it. `change`: only the runbook repeats it, after it has looked. */
export type Purpose = 'read' | 'change';

/** What the SDK's clients have in common that decides how they call. */
export interface ClientSettings {
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

/**
 * The settings of a client for calls of one purpose.
 *
 * Left alone, the SDK repeats what was reset, answered with 5xx or not at all: after a lost answer, PromoteReadReplica would go
 * out twice. So a client that changes things never tries again, whatever AWS_MAX_ATTEMPTS says in the environment.
 */
export function clientSettings(purpose: Purpose, { connect, whole }: Bounds = USUAL_BOUNDS): ClientSettings {
  return {
    maxAttempts: purpose === 'read' ? 3 : 1,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: connect * 1000,
      requestTimeout: whole * 1000,
      // Else the SDK only warns, and waits on.
      throwOnRequestTimeout: true,
    },
  };
}
