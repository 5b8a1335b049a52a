import { once } from 'node:events';
import type { Reach } from '../../decision';
import type { Address } from '../../execution/ports';
import type { Bounds } from './bounds';
import { overSocket } from './over-socket';
import { isProbeFailure } from './probe-failure';

/** Whether somebody takes connections there: all that can be told without logging in. */
export async function reachTcp({ host, port }: Address, bounds: Bounds): Promise<Reach> {
  try {
    await overSocket(bounds, (socket) => once(socket.connect(port, host), 'connect'));
    return 'reachable';
  } catch (error) {
    if (!isProbeFailure(error)) throw error;
    return error.kind === 'unanswered' ? 'unreachable' : 'unknown';
  }
}
