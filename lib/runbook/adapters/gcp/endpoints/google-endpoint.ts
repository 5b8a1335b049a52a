import { isUnderstudyError, UnderstudyError } from '../../../../topology';
import type { Obstacle } from '../../../decision';
import type { Clock, Endpoint } from '../../../execution/ports';
import { isGoogleCallError } from '../google-call-error';
import type { RestClient } from '../rest/rest-client';

/** An endpoint that knows what stands in the way of writing it. */
export interface GoogleEndpoint extends Endpoint {
  /** Never throws for what Google says. */
  obstacles(): Promise<readonly Obstacle[]>;
}

/** What every kind of endpoint works with. */
export interface EndpointSurroundings {
  readonly rest: RestClient;
  readonly project: string;
  readonly clock: Clock;
}

/** An endpoint that answers what it should not. What it says is not told: it may be a secret in the wrong place. */
export const unreadable = (id: string, found: string, fix: string): UnderstudyError =>
  new UnderstudyError('endpoint-unreadable', `${id} ${found}; ${fix}`);

/**
 * What a look that failed says to whoever plans a promotion. Who cannot read it as it is will not write it either; a call that was
 * not answered is another matter, and holds nobody up.
 */
export async function obstacleOf(
  id: string,
  look: () => Promise<unknown>,
  missing: string,
): Promise<readonly Obstacle[]> {
  try {
    await look();
    return [];
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    const problem = error.code === 'endpoint-unreadable' ? error.message : `${id} cannot be read: ${error.message}`;
    if (error.family !== 'refused') {
      const fix = 'try again; the run goes on without it, and ends DEGRADED if it cannot be written then';
      return [{ id: 'endpoint-silent', severity: 'warn', acceptance: 'none', problem, fix }];
    }
    const fix = isGoogleCallError(error) && error.code === 'google-denied' ? 'allow what was denied' : missing;
    return [
      {
        ...{ id: 'endpoint-unreadable', severity: 'block', acceptance: 'override', problem },
        fix: `${fix}, or move it by hand after the promotion and name endpoint-unreadable in override`,
      },
    ];
  }
}
