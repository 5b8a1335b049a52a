import { Socket } from 'node:net';
import type { Bounds } from './bounds';
import { failureOf, ProbeFailure, type FailureKind } from './probe-failure';

/** How long the last words to a server may take. */
const FAREWELL = 1000;

/**
 * Does some work over a socket of its own, within its time, and closes the socket whatever happens.
 *
 * The drivers' own timeouts each bound a part: after a connection is made, a server that hangs would hold a query for ever.
 * Here the socket is destroyed when the time is over, and everything above it fails.
 *
 * @throws ProbeFailure
 */
export async function overSocket<T>({ connect, whole }: Bounds, work: (socket: Socket) => Promise<T>): Promise<T> {
  const socket = new Socket();
  // Errors after the end have nobody left who would hear them, and would end the process.
  socket.on('error', () => undefined);
  const timers: NodeJS.Timeout[] = [];
  // While a name server is silent, nobody has asked the database. Node.js before 20.12 tells only the first of the two events.
  let kind: FailureKind = 'not asked';
  for (const event of ['lookup', 'connectionAttempt']) socket.once(event, () => (kind = 'unanswered'));
  const late = new Promise<never>((_, reject) => {
    const after = (seconds: number, what: string): NodeJS.Timeout =>
      setTimeout(() => reject(new ProbeFailure(kind, `${what} within ${seconds} s`)), seconds * 1000);
    const connecting = after(connect, 'no connection');
    timers.push(connecting, after(whole, 'no answer'));
    socket.once('connect', () => clearTimeout(connecting));
  });
  try {
    const result = await Promise.race([work(socket), late]);
    socket.destroySoon();
    timers.push(setTimeout(() => socket.destroy(), FAREWELL).unref());
    return result;
  } catch (error) {
    const failure = failureOf(error, socket);
    socket.destroy();
    throw failure;
  } finally {
    timers.slice(0, 2).forEach(clearTimeout);
  }
}
