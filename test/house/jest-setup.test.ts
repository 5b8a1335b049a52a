import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as zod from 'zod';
import * as topology from '../../lib/topology';

interface Environment {
  teardown(): Promise<void>;
}

const nodes = createRequire(__filename);
const OneRealmEnvironment = nodes('../_jest/one-realm-environment') as new (of: object) => Environment;

test('an error of Node.js is an error', () => {
  expect(() => readFileSync(join(__dirname, 'nowhere'))).toThrow(Error);
});

test('a package is there once, a module of ours as often as somebody begins anew', () => {
  jest.isolateModules(() => {
    expect(jest.requireActual('zod')).toBe(zod);
    expect(jest.requireActual('../../lib/topology')).not.toBe(topology);
  });
});

test('what a file of tests does to its process is undone for the next', async () => {
  const { env } = process;
  const { console } = globalThis;
  const exit = Object.getOwnPropertyDescriptor(process, 'exit');
  const events = process.eventNames().map((name) => [name, process.listenerCount(name)]);
  const [kept = ''] = Object.keys(env);
  const value = env[kept];
  const environment = new OneRealmEnvironment({ projectConfig: { fakeTimers: {} } });

  env[kept] = 'changed';
  env['UNDERSTUDY_ADDED'] = 'yes';
  process.env = {};
  process.exit = () => undefined as never;
  process.on('SIGUSR2', () => undefined);
  globalThis.console = { ...console };
  await environment.teardown();

  expect(process.env).toBe(env);
  expect(Object.getOwnPropertyDescriptor(process, 'exit')).toEqual(exit);
  expect(env).toMatchObject({ [kept]: value });
  expect(env).not.toHaveProperty('UNDERSTUDY_ADDED');
  expect(process.eventNames().map((name) => [name, process.listenerCount(name)])).toEqual(events);
  expect(globalThis.console).toBe(console);
});
