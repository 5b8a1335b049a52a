import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusePrivate } from '../../../lib/rehearsal/postgres/postgres-binaries';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'private-')));
  mkdirSync(join(folder, 'native'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('root is told which folder its servers may not enter', () => {
  jest.spyOn(process, 'getuid').mockReturnValue(0);
  expect(() => refusePrivate(join(folder, 'native'))).toThrow(
    `the servers of root run as nobody, who may not enter ${folder}, where the programs of PostgreSQL are; allowed: folders ` +
      `that everybody may enter; fix: chmod o+x ${folder}, or run this as a user who is not root`,
  );
  chmodSync(folder, 0o711);
  expect(() => refusePrivate(join(folder, 'native'))).not.toThrow();
});

test('anybody else runs them under the own name', () => {
  jest.spyOn(process, 'getuid').mockReturnValue(1000);
  expect(() => refusePrivate(join(folder, 'native'))).not.toThrow();
});
