// The SDK says on Node.js 20 that it will stop to support it. It is only there for tests: users need not hear it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Real database servers take their time: `npm run test:rehearsal`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/rehearsal/(judge|mariadb|postgres|scenarios|servers)/'],
  randomize: true,
  // Generous: what is judged is never speed, and machines are shared. Properties may be tried longer: test/_proofs/_helpers/runs.ts.
  testTimeout: 60_000 * Number(process.env.SOAK ?? 1),
  // One for each core: the default leaves one idle, which is half of a machine with two.
  maxWorkers: '100%',
  // Each file runs in a context of its own, in which whatever is global is slow to find. Not so what is handed to each module.
  sandboxInjectedGlobals: ['Array', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Set', 'String', 'Symbol'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^db-understudy/(topology|aws|gcp|runbook)$': '<rootDir>/lib/$1' },
};
