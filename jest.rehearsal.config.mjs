import usual from './jest.config.js';

/** @type {import('jest').Config} */
export default {
  ...usual,
  testMatch: ['**/test/rehearsal/{judge,mariadb,postgres,scenarios,servers}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Each file has servers and scaled time of its own: two at once would be late for each other.
  maxWorkers: 1,
};
