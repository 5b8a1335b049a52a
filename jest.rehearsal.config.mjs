import { accessSync, constants, statfsSync } from 'node:fs';
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

/** Where there is room in memory, servers have their files there: what is thrown away after seconds need not touch a disk. */
const MEMORY = '/dev/shm';
const ROOM = 4 * 1024 ** 3;
const isRoomy = () => {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM;
  } catch {
    return false;
  }
};
if (process.env.TMPDIR === undefined && isRoomy()) process.env.TMPDIR = MEMORY;

/** @type {import('jest').Config} */
export default {
  ...usual,
  testMatch: ['**/test/rehearsal/{judge,mariadb,postgres,scenarios,servers}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(withMariadb ? [] : ['/test/rehearsal/mariadb/'])],
  // Plays wait, most of their time, and each has time of its own, which runs slower while there is work: so more at once than
  // there are cores are not late for each other.
  maxWorkers: 3,
  // Of those that may be played beside each other.
  maxConcurrency: 3,
};
