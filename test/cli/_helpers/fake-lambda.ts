import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One invocation as it came over the wire. */
export interface Invocation {
  readonly functionName: string;
  readonly type: string;
  readonly event: Record<string, unknown>;
}

/** What Lambda answers: a payload, or an error of its own. `silence`: nothing, until the caller gives up. */
export type LambdaAnswer =
  | { readonly payload: string; readonly functionError?: string }
  | { readonly status: number; readonly code: string; readonly message: string }
  | 'silence'
  | 'reset';

/** Lambda's Invoke over HTTP on this machine. */
export class FakeLambda {
  readonly invocations: Invocation[] = [];
  answer: (invocation: Invocation) => LambdaAnswer = () => ({ payload: 'null' });
  readonly #server: Server = createServer((request, response) => void this.#handle(request, response));

  /** @returns its address */
  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, name = ''] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '') ?? [];
    const type = String(request.headers['x-amz-invocation-type']);
    const event = JSON.parse(await text(request)) as Record<string, unknown>;
    const invocation = { functionName: decodeURIComponent(name), type, event };
    this.invocations.push(invocation);
    const answer = this.answer(invocation);
    if (answer === 'silence') return;
    if (answer === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    if ('status' in answer) {
      const { status, code, message } = answer;
      response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': code });
      response.end(JSON.stringify({ Type: 'User', message, Message: message }));
      return;
    }
    const failed = answer.functionError === undefined ? {} : { 'x-amz-function-error': answer.functionError };
    const status = type === 'Event' ? 202 : 200;
    response.writeHead(status, { 'content-type': 'application/json', ...failed });
    response.end(type === 'Event' ? '' : answer.payload);
  }
}
