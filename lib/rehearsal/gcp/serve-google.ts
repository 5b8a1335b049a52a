import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen, type CloudServer } from '../serve';
import type { EmbeddedGoogle } from './embedded-google';

/** Serves it on a free port of this machine: the first part of a path names the service. Whoever calls has to bring a token. */
export const serveGoogle = (google: EmbeddedGoogle): Promise<CloudServer> =>
  listen((request, response) => handle(google, request, response));

async function handle(google: EmbeddedGoogle, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  if (!/^Bearer .+/.test(request.headers.authorization ?? '')) {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 401, status: 'UNAUTHENTICATED', message: 'no token' } }));
    return;
  }
  const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://127.0.0.1');
  const [, service = '', path = ''] = /^\/([a-z]+)(\/.*)$/.exec(pathname) ?? [];
  const parsed: unknown = body === '' ? undefined : JSON.parse(body);
  const reply = google.answer(service, { verb: request.method ?? '', path, query, body: parsed });
  if (reply.kind === 'silence') return;
  if (reply.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (reply.afterSeconds > 0) await google.clock.wait(reply.afterSeconds);
  response.writeHead(reply.status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(reply.body));
}
