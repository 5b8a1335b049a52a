import { request as overTcp } from 'node:http';
import { request as overTls } from 'node:https';
import type { Bounds } from '../../sql';

export interface HttpRequest {
  readonly verb: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/** What came of it. `not sent`: no connection was made, so nobody has it. `lost`: somebody may have it, and no answer came. */
export type Exchange =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'not sent' | 'lost'; readonly problem: string };

/**
 * One request and its answer, within its time.
 *
 * Not `fetch`: it does not tell a connection that was never made from an answer that was lost, and a promotion may be asked for
 * again after the one, and never after the other.
 */
export function exchange(
  { verb, url, headers, body, signal }: HttpRequest,
  { connect, whole }: Bounds,
): Promise<Exchange> {
  return new Promise((resolve) => {
    let isConnected = false;
    const send = url.protocol === 'https:' ? overTls : overTcp;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = send(url, { method: verb, headers: { ...headers, ...length } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', (error) => end({ kind: 'lost', problem: error.message }));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (answer.complete) end({ kind: 'answer', status: answer.statusCode ?? 0, body: text });
        else end({ kind: 'lost', problem: 'the answer broke off' });
      });
    });
    const fail = (problem: string): void => end({ kind: isConnected ? 'lost' : 'not sent', problem });
    const timers = [
      setTimeout(() => isConnected || fail(`no connection within ${connect} s`), connect * 1000),
      setTimeout(() => fail(`no answer within ${whole} s`), whole * 1000),
    ];
    const leave = (): void => fail('nobody waits for the answer any more');
    const end = (how: Exchange): void => {
      timers.forEach(clearTimeout);
      signal?.removeEventListener('abort', leave);
      outgoing.destroy();
      resolve(how);
    };
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    outgoing.on('socket', (socket) => {
      const connected = (): void => void (isConnected = true);
      // One that is kept alive is there already. The handshake of TLS is still nobody's having it.
      if (!socket.connecting) connected();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    });
    signal?.addEventListener('abort', leave);
    if (signal?.aborted === true) leave();
    else outgoing.end(body);
  });
}
