import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import usual from './jest.config.js';

/** As lib/rehearsal/mariadb looks for it. */
const folders = [
  ...(process.env.PATH ?? '').split(delimiter),
  '/usr/sbin',
  '/usr/bin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
];
const isHere = (name) =>
  folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
const withMariadb = ['mariadbd', 'mariadb-install-db'].every(isHere);
if (!withMariadb) {
  const why =
    'MariaDB is not on this machine, so its rehearsals are left out; on Debian: apt-get install mariadb-server';
  console.error(why);
  if (process.env.UNDERSTUDY_REQUIRE_MARIADB) process.exit(1);
}

/** @type {import('jest').Config} */
export default {
  ...usual,
  testMatch: ['**/test/rehearsal/{judge,mariadb,postgres,scenarios,servers}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(withMariadb ? [] : ['/test/rehearsal/mariadb/'])],
  // Each file has servers and scaled time of its own: two at once would be late for each other.
  maxWorkers: 1,
  // Of those that may be played beside each other.
  maxConcurrency: 2,
};
