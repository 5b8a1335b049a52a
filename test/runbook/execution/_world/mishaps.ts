import { UnderstudyError } from '../../../../lib/topology';
import type { Ports } from '../../../../lib/runbook/execution/ports';
import { intercepted } from './intercepted';
import { crash } from './runner';

/** A runner that is killed at its n-th call: before it goes out, or after it has had its effect. */
export interface Kill {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** Ports of a runner that is killed. What it had under way beside that call ends with it. */
export function killedAt(ports: Ports, { at, when }: Kill): Ports {
  let count = 0;
  let isDead = false;
  return intercepted(ports, async (_, go) => {
    if (isDead) throw crash();
    count += 1;
    if (count !== at) {
      const answer = await go();
      // The answer comes to nobody.
      if (isDead as boolean) throw crash();
      return answer;
    }
    isDead = true;
    if (when === 'after') await go();
    throw crash();
  });
}

/** How one call may fail. */
export type Failure = 'throttled' | 'lost on the way' | 'answer lost' | 'denied';

export const FAILURES: readonly Failure[] = ['throttled', 'lost on the way', 'answer lost', 'denied'];

const FAMILY = {
  throttled: 'retryable',
  'lost on the way': 'unknown',
  'answer lost': 'unknown',
  denied: 'refused',
} as const;

/** Ports on which the n-th call fails, once. Time itself does not fail. */
export function failingAt(ports: Ports, at: number, failure: Failure): Ports {
  let count = 0;
  return intercepted(ports, async (call, go) => {
    count += 1;
    if (count !== at || call === 'clock.wait') return go();
    if (failure === 'answer lost') await go();
    throw new UnderstudyError('mishap', `${call} was ${failure}`, { family: FAMILY[failure] });
  });
}

/** Ports on which the n-th call is denied, and every later one of that name. */
export function denyingFrom(ports: Ports, at: number): Ports {
  let count = 0;
  let denied: string | undefined;
  return intercepted(ports, (call, go) => {
    count += 1;
    if (count === at) denied = call;
    if (call !== denied) return go();
    return Promise.reject(new UnderstudyError('mishap', `${call} was denied`, { family: 'refused' }));
  });
}

/** The names of all calls, in order. */
export function noting(ports: Ports, calls: string[]): Ports {
  return intercepted(ports, (call, go) => {
    calls.push(call);
    return go();
  });
}
