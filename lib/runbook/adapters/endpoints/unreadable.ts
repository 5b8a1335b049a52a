import { isUnderstudyError, UnderstudyError } from '../../../topology';
import type { Obstacle } from '../../decision';

/** An endpoint that answers what it should not. What it says is not told: it may be a secret in the wrong place. */
export const unreadable = (id: string, found: string, fix: string): UnderstudyError =>
  new UnderstudyError('endpoint-unreadable', `${id} ${found}; ${fix}`);

export interface Unreadable {
  /** Code of the error with which its cloud denies a call. */
  readonly denied: string;
  /** What to do when it is not there, or is not what it should be. */
  readonly missing: string;
}

/**
 * What a look that failed says to whoever plans a promotion.
 *
 * A name that cannot be read as it is will not be written either: somebody has to mend it, or do without. A call that was not
 * answered is another matter: the promotion must not wait for a control plane that is lost with the primary.
 */
export async function obstacleOf(
  id: string,
  look: () => Promise<unknown>,
  { denied, missing }: Unreadable,
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
    const fix = error.code === denied ? 'allow what was denied' : missing;
    return [
      {
        ...{ id: 'endpoint-unreadable', severity: 'block', acceptance: 'override', problem },
        fix: `${fix}, or move it by hand after the promotion and name endpoint-unreadable in override`,
      },
    ];
  }
}
