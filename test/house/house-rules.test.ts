import { lint, severities, type LintFinding } from './lint';

interface Case {
  readonly about: string;
  readonly path: string;
  readonly text: string;
  /** The rules that fire, each once; none when the house allows it. */
  readonly fires: readonly string[];
}

const lines = (count: number): string => 'export {};\n'.repeat(count);

const NAMES: readonly Case[] = [
  { about: 'a file named after its export', path: 'lib/aws/lag-alarm.ts', text: lines(1), fires: [] },
  { about: 'a handler', path: 'lib/runbook/handlers/promote.handler.ts', text: lines(1), fires: [] },
  { about: 'camel case', path: 'lib/aws/lagAlarm.ts', text: lines(1), fires: ['house/file-name'] },
  { about: 'Pascal case', path: 'examples/Orders.ts', text: lines(1), fires: ['house/file-name'] },
  { about: 'snake case', path: 'test/aws/lag_alarm.test.ts', text: lines(1), fires: ['house/file-name'] },
  ...['utils', 'helpers', 'common', 'types', 'misc'].flatMap((name) => [
    { about: `a file named ${name}`, path: `lib/aws/${name}.ts`, text: lines(1), fires: ['house/file-name'] },
    { about: `a folder named ${name}`, path: `lib/aws/${name}/lag.ts`, text: lines(1), fires: ['house/file-name'] },
  ]),
  { about: 'a longer name with such a word', path: 'lib/aws/engine-types.ts', text: lines(1), fires: [] },
  {
    about: 'a file in lib and in no room',
    path: 'lib/attic.ts',
    text: lines(1),
    fires: ['boundaries/no-unknown-files'],
  },
  {
    about: 'a room that the table does not have',
    path: 'lib/azure/index.ts',
    text: lines(1),
    fires: ['boundaries/no-unknown-files'],
  },
];

const LIMITS: readonly Case[] = [
  { about: '300 lines', path: 'lib/cli/long.ts', text: lines(299), fires: [] },
  { about: 'more', path: 'lib/cli/long.ts', text: lines(301), fires: ['max-lines'] },
  {
    about: '41 lines in a handler',
    path: 'lib/runbook/handlers/promote.handler.ts',
    text: lines(41),
    fires: ['max-lines'],
  },
  {
    about: 'a function of 52 lines',
    path: 'lib/cli/long.ts',
    text: `export function long(): void {\n${'long();\n'.repeat(50)}}`,
    fires: ['max-lines-per-function'],
  },
  {
    about: 'five parameters',
    path: 'lib/cli/many.ts',
    text: 'export const many = (a: 1, b: 1, c: 1, d: 1, e: 1): number => a + b + c + d + e;',
    fires: ['max-params'],
  },
];

const SYNTAX: readonly Case[] = [
  {
    about: 'an error without a code',
    path: 'lib/cli/a.ts',
    text: `throw new Error('no');`,
    fires: ['no-restricted-syntax'],
  },
  { about: 'the same in bin', path: 'bin/a.ts', text: `throw new Error('no');`, fires: ['no-restricted-syntax'] },
  {
    about: 'the same in a pure room',
    path: 'lib/topology/a.ts',
    text: `throw new Error('no');`,
    fires: ['no-restricted-syntax'],
  },
  { about: 'the same in a test', path: 'test/cli/a.test.ts', text: `throw new Error('no');`, fires: [] },
  {
    about: 'instanceof an error',
    path: 'lib/cli/a.ts',
    text: 'export const refused = (e: unknown): boolean => e instanceof TopologyRefused;',
    fires: ['no-restricted-syntax'],
  },
  {
    about: 'a computed import',
    path: 'lib/cli/a.ts',
    text: 'export const a = (name: string) => import(name);',
    fires: ['no-restricted-syntax'],
  },
  { about: 'printing in lib', path: 'lib/cli/a.ts', text: `console.log('a');`, fires: ['no-console'] },
];

const PURE = ['lib/topology/a.ts', 'lib/runbook/contract/a.ts', 'lib/runbook/decision/a.ts'];
const IMPURE: readonly Omit<Case, 'path'>[] = [
  { about: 'the clock', text: 'export const now = (): Date => new Date();', fires: ['no-restricted-syntax'] },
  {
    about: 'the clock as a number',
    text: 'export const now = (): number => Date.now();',
    fires: ['no-restricted-properties'],
  },
  { about: 'a given time', text: 'export const at = (text: string): Date => new Date(text);', fires: [] },
  { about: 'chance', text: 'export const any = (): number => Math.random();', fires: ['no-restricted-properties'] },
  { about: 'waiting', text: 'export async function a(b: Promise<void>) { await b; }', fires: ['no-restricted-syntax'] },
  { about: 'the environment', text: 'export const region = process.env.AWS_REGION;', fires: ['no-restricted-globals'] },
];

const TESTS: readonly Case[] = [
  { about: 'a test', path: 'test/a.test.ts', text: `test('a', () => { expect(1).toBe(1); });`, fires: [] },
  { about: 'a property', path: 'test/a.test.ts', text: `test('a', () => { fc.assert(b); });`, fires: [] },
  {
    about: 'a template',
    path: 'test/a.test.ts',
    text: `test('a', () => { template.hasResourceProperties('A', {}); });`,
    fires: [],
  },
  {
    about: 'a count',
    path: 'test/a.test.ts',
    text: `test('a', () => { Template.fromStack(b).resourceCountIs('A', 1); });`,
    fires: [],
  },
  {
    about: 'no assertion',
    path: 'test/a.test.ts',
    text: `test('a', () => { run(); });`,
    fires: ['jest/expect-expect'],
  },
  {
    about: 'a lookup is no assertion',
    path: 'test/a.test.ts',
    text: `test('a', () => { set.has(1); });`,
    fires: ['jest/expect-expect'],
  },
  {
    about: 'a skipped test',
    path: 'test/a.test.ts',
    text: `test.skip('a', () => { expect(1).toBe(1); });`,
    fires: ['jest/no-disabled-tests'],
  },
  {
    about: 'a skipped group',
    path: 'test/a.test.ts',
    text: `describe.skip('a', () => { test('b', () => { expect(1).toBe(1); }); });`,
    fires: ['jest/no-disabled-tests'],
  },
  {
    about: 'a focused test',
    path: 'test/a.test.ts',
    text: `test.only('a', () => { expect(1).toBe(1); });`,
    fires: ['jest/no-focused-tests'],
  },
];

const CASES: readonly Case[] = [
  ...[...NAMES, ...LIMITS, ...SYNTAX, ...TESTS],
  ...PURE.flatMap((path) => IMPURE.map((impure) => ({ ...impure, path }))),
  ...IMPURE.map((impure) => ({ ...impure, path: 'lib/runbook/execution/a.ts', fires: [] })),
];

/** `null` stands for a text that could not be parsed: it is in no list, so it fails its test. */
const HOUSE = /^(house|boundaries|jest)\/|^max-|^no-(restricted|console)/;

describe('the house rules', () => {
  let findings: LintFinding[][] = [];

  beforeAll(() => {
    findings = lint(CASES);
  }, 60_000);

  test.each(CASES.map((given, at) => ({ ...given, at })))('$path: $about', ({ at, fires }) => {
    const rules = findings[at]?.map(({ rule }) => rule).filter((rule) => rule === null || HOUSE.test(rule));

    expect([...new Set(rules)]).toEqual(fires);
  });
});

/** Rules that need types, which a text that is in no file does not have. */
const TYPED = [
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-misused-promises',
  '@typescript-eslint/no-unsafe-assignment',
  '@typescript-eslint/switch-exhaustiveness-check',
];

test('every file is linted with types', () => {
  const paths = ['lib/topology/index.ts', 'bin/understudy.ts', 'scripts/a.ts', 'test/house/lint.ts'];
  expect(severities(paths, TYPED)).toEqual(paths.map(() => TYPED.map((rule) => ({ rule, severity: 'error' }))));
});
