import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { credentialScope } from './credential-scope';
import type { Answer } from './answer';
import type { EmbeddedCloud } from './embedded-cloud';

/** The cloud on loopback. One address serves all Regions and services: the signature of a request names its own. */
export interface CloudServer {
  /** The endpoint to give to SDK clients. */
  readonly url: string;
  /**
   * Ends every connection, those that wait for an answer too.
   *
   * @throws what went wrong in the cloud itself while it served: a caller only sees a connection that breaks
   */
  close(): Promise<void>;
}

/** Serves a cloud on a free port of this machine. */
export const serve = (cloud: EmbeddedCloud): Promise<CloudServer> =>
  listen((request, response) => handle(cloud, request, response));

/** Answers on a free port of this machine. What goes wrong in an answer breaks the connection, and is told when it is closed. */
export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<CloudServer> {
  const failures: Error[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((failure: unknown) => {
      // A caller who leaves in the middle of a request is none of our failures.
      if (request.complete) failures.push(failure as Error);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => close(server, failures) };
}

async function handle(cloud: EmbeddedCloud, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const scope = credentialScope(request.headers.authorization);
  if (!scope) {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('Request is missing Authentication Token');
    return;
  }
  const { method = '', url: path = '' } = request;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  await send(cloud, cloud.answer({ ...scope, method, path, headers, body }), response);
}

async function send(cloud: EmbeddedCloud, answer: Answer, response: ServerResponse): Promise<void> {
  switch (answer.kind) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      if (answer.seconds === undefined) return;
      await cloud.clock.wait(answer.seconds);
      response.socket?.resetAndDestroy();
      return;
    case 'reply':
      if (answer.afterSeconds > 0) await cloud.clock.wait(answer.afterSeconds);
      response.writeHead(answer.status, { ...answer.headers, 'x-amzn-requestid': answer.requestId });
      response.end(answer.body);
  }
}

async function close(server: Server, failures: readonly Error[]): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
  const [failure] = failures;
  if (failure) throw failure;
}
