import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gate } from '../../../lib/rehearsal/servers/gate';
import { until } from '../_helpers/until';

/** Answers every word with itself. */
class Echo {
  readonly sessions = new Set<Socket>();
  readonly #server: Server = createServer((socket) => {
    this.sessions.add(socket);
    socket.on('error', () => undefined).on('close', () => this.sessions.delete(socket));
    socket.pipe(socket);
  });
  folder = '';

  get socket(): string {
    return join(this.folder, 'echo');
  }

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'understudy-gate-'));
    this.#server.listen(this.socket);
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    for (const session of this.sessions) session.destroy();
    this.#server.close();
    await once(this.#server, 'close');
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Somebody at a gate: what was heard, and how it ended. */
class Visitor {
  heard = '';
  end: 'no' | 'ended' | 'reset' = 'no';
  readonly socket: Socket;

  constructor({ host, port }: Gate) {
    this.socket = createConnection(port, host);
    this.socket.on('data', (data: Buffer) => (this.heard += data.toString()));
    this.socket.on('error', () => (this.end = 'reset'));
    this.socket.on('end', () => (this.end = 'ended'));
  }

  say(words: string): void {
    this.socket.write(words);
  }

  async hears(words: string): Promise<void> {
    await until(() => this.heard === words);
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

let echo: Echo;
let gate: Gate;
beforeEach(async () => {
  echo = new Echo();
  await echo.open();
  gate = await Gate.open({ target: () => echo.socket });
});
afterEach(async () => {
  await gate.close();
  await echo.close();
});

test('an open gate lets in, and both sides hear each other and the end', async () => {
  const visitor = new Visitor(gate);
  visitor.say('hello');
  await visitor.hears('hello');
  visitor.socket.end();
  await until(() => echo.sessions.size === 0 && gate.passages === 0);
  expect(visitor.end).toBe('ended');
});

test('a closed gate refuses who is new, and who is in stays', async () => {
  const old = new Visitor(gate);
  old.say('a');
  await old.hears('a');
  gate.state = 'closed';
  const late = new Visitor(gate);
  await until(() => late.end !== 'no');
  old.say('b');
  await old.hears('ab');
  expect([late.end, old.end]).toEqual(['reset', 'no']);
});

test('a gate that is cut says nothing, not even that somebody went; reconnected, it says it all', async () => {
  const visitor = new Visitor(gate);
  visitor.say('a');
  await visitor.hears('a');
  gate.state = 'cut';
  visitor.say('b');
  const late = new Visitor(gate);
  late.say('c');
  for (const session of echo.sessions) session.end('gone');
  await pause(100);
  const during = [visitor.heard, visitor.end, late.heard, late.end];
  gate.state = 'open';
  await visitor.hears('agone');
  await late.hears('c');
  expect([during, visitor.end]).toEqual([['a', 'no', '', 'no'], 'ended']);
});

test('who comes to a gate that is cut is sent away after a while, and who was in stays', async () => {
  const old = new Visitor(gate);
  old.say('a');
  await old.hears('a');
  gate.state = 'cut';
  const late = new Visitor(gate);
  await until(() => late.end !== 'no');
  expect([late.end, late.heard, old.end]).toEqual(['reset', '', 'no']);
});

test('a slow gate brings all in its order, each as much later, and none waits for another', async () => {
  gate.delay = 200;
  const visitor = new Visitor(gate);
  const began = performance.now();
  for (const word of ['a', 'b', 'c', 'd', 'e', 'f']) {
    visitor.say(word);
    await pause(20);
  }
  await visitor.hears('abcdef');
  const spent = performance.now() - began;
  expect([spent > 300, spent < 900]).toEqual([true, true]);
});

test('much goes through a gate whose visitor reads slowly', async () => {
  const visitor = new Visitor(gate);
  const much = 'x'.repeat(8 << 20);
  visitor.say(much);
  visitor.socket.pause();
  await pause(50);
  visitor.socket.resume();
  await until(() => visitor.heard.length === much.length);
  expect(visitor.end).toBe('no');
});

test('all sessions can be dropped, and who comes next is let in', async () => {
  const visitor = new Visitor(gate);
  visitor.say('a');
  await visitor.hears('a');
  gate.drop();
  await until(() => visitor.end !== 'no' && gate.passages === 0);
  const next = new Visitor(gate);
  next.say('b');
  await next.hears('b');
  expect(echo.sessions.size).toBe(1);
});

test('where nobody stands behind it, a gate refuses', async () => {
  const empty = await Gate.open({ target: () => undefined });
  const visitor = new Visitor(empty);
  await until(() => visitor.end !== 'no');
  await empty.close();
  expect(visitor.end).toBe('reset');
});

test('a gate can be on any address of this machine, and stands for no port twice', async () => {
  const other = await Gate.open({ target: () => echo.socket, host: '127.0.0.9', port: gate.port });
  const twice = Gate.open({ target: () => echo.socket, host: '127.0.0.9', port: gate.port });
  await expect(twice).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const visitor = new Visitor(other);
  visitor.say('a');
  await visitor.hears('a');
  const hosts = [other.host, gate.host];
  await other.close();
  expect(hosts).toEqual(['127.0.0.9', '127.0.0.1']);
});
