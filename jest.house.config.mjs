import usual from './jest.config.js';

/**
 * What has to hold of the repository, and not of what it does: its rules, who may import whom, what is packed, what the README
 * shows.
 *
 * @type {import('jest').Config}
 */
export default {
  ...usual,
  testMatch: ['**/test/house/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
