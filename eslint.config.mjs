import boundaries from 'eslint-plugin-boundaries';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/** The rooms of the house, and the rooms and packages that each may import. A room is entered through its index. */
const ROOMS = {
  topology: { rooms: [], packages: ['zod', 'yaml'] },
  'runbook-contract': { rooms: ['topology'], packages: ['zod'] },
  aws: { rooms: ['topology', 'runbook-contract'], packages: ['aws-cdk-lib', 'constructs'] },
  cli: { rooms: ['topology'], packages: ['commander', '@viz-js/viz'] },
};

const elements = [
  { type: 'runbook-contract', pattern: 'lib/runbook/contract' },
  ...['topology', 'aws', 'cli'].map((room) => ({ type: room, pattern: `lib/${room}` })),
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'cdk.out/', 'node_modules/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-template-curly-in-string': 'error',
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50 }],
      'max-params': ['error', { max: 4 }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': [
        'error',
        { selector: "ThrowStatement > NewExpression[callee.name='Error']", message: 'Throw an UnderstudyError with a code.' },
        { selector: "BinaryExpression[operator='instanceof'][right.name=/Error|Refused$/]", message: 'Compare codes: instanceof fails across copies of the package.' },
      ],
    },
  },
  { files: ['lib/**'], rules: { 'no-console': 'error' } },
  {
    files: ['test/**', 'bench/**', 'scripts/**', 'examples/**'],
    rules: { 'max-lines-per-function': 'off', 'no-restricted-syntax': 'off' },
  },
  { files: ['test/**'], ...jest.configs['flat/recommended'] },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);
export { ROOMS, elements };
