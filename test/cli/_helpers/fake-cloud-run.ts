import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the function answers, or Cloud Run in its place: HTML, as a rule. */
export type FunctionAnswer = { readonly status: number; readonly body: unknown } | 'silence' | 'reset';

const ADDRESS_OF = /^\/cloudfunctions\/v2\/projects\/([^/]+)\/locations\/([^/]+)\/functions\/([^/]+)$/;

/**
 * Google over HTTP on this machine, as a command sees it that asks a function: the metadata server that tells who it is, the API
 * that tells where a function is, and the function itself, which lets nobody in without an identity for its own address.
 */
export class FakeCloudRun {
  readonly asked: unknown[] = [];
  /** Audiences for which an identity was given. */
  readonly audiences: string[] = [];
  /** Functions that the API knows, and how often it was asked. */
  readonly functions = new Map<string, string>();
  looks = 0;
  answer: (event: Record<string, unknown>) => FunctionAnswer = () => ({ status: 200, body: null });
  /** The metadata server gives nobody an identity. */
  isNobody = false;
  readonly #server: Server = createServer((request, response) => void this.#handle(request, response));

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Of the function. */
  get address(): string {
    return `${this.url}/runbook`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    if (url.pathname === '/runbook') return this.#run(request, response);
    if (url.pathname.startsWith('/cloudfunctions/')) {
      this.#look(url, response);
      return;
    }
    response.setHeader('metadata-flavor', 'Google');
    const audience = url.searchParams.get('audience');
    if (url.pathname.endsWith('/identity') && audience !== null && !this.isNobody) {
      this.audiences.push(audience);
      response.end(identityFor(audience));
      return;
    }
    response.statusCode = url.pathname.endsWith('/identity') ? 404 : 200;
    response.end();
  }

  #look({ pathname }: URL, response: ServerResponse): void {
    this.looks += 1;
    const [, ...place] = ADDRESS_OF.exec(pathname) ?? [];
    const url = this.functions.get(place.join(' '));
    response.writeHead(url === undefined ? 404 : 200, { 'content-type': 'application/json' });
    const error = { code: 404, status: 'NOT_FOUND', message: 'no such function' };
    response.end(JSON.stringify(url === undefined ? { error } : { url }));
  }

  async #run(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const event = JSON.parse(await text(request)) as Record<string, unknown>;
    if (request.headers.authorization !== `Bearer ${identityFor(this.address)}`) {
      response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Error: Forbidden</h1>');
      return;
    }
    this.asked.push(event);
    const answer = this.answer(event);
    if (answer === 'silence') return;
    if (answer === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  }
}

/** A token in three parts, as the library reads when it ends. */
function identityFor(audience: string): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ aud: audience, exp: 4_000_000_000 })}.x`;
}
