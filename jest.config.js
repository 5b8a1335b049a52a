// The SDK says on Node.js 20 that it will stop to support it. It is only there for tests: users need not hear it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    // Real database servers take their time: `npm run test:rehearsal`.
    '<rootDir>/test/rehearsal/(judge|mariadb|postgres|scenarios|servers)/',
    // Of the repository, not of what it does: `npm run lint`.
    '<rootDir>/test/house/',
  ],
  randomize: true,
  // Generous: what is judged is never speed, and machines are shared. Properties may be tried longer: test/_proofs/_helpers/runs.ts.
  testTimeout: 60_000 * Number(process.env.SOAK ?? 1),
  // One for each core: the default leaves one idle, which is half of a machine with two.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/_jest/longest-first.js',
  // Of one file: its tests run one after the other.
  maxConcurrency: 1,
  // Tests run as what they test does in production, and each package is loaded once: said there.
  testEnvironment: '<rootDir>/test/_jest/one-realm-environment.js',
  runtime: '<rootDir>/test/_jest/shared-packages-runtime.js',
  globalSetup: '<rootDir>/test/_jest/temporary-folder.js',
  globalTeardown: '<rootDir>/test/_jest/remove-temporary-folder.js',
  // Packages stay, and the CDK keeps whatever was ever made of tokens.
  workerIdleMemoryLimit: '1GB',
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^db-understudy/(topology|aws|gcp|runbook|rehearsal)$': '<rootDir>/lib/$1' },
};
