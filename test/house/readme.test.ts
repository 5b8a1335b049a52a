import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { checkText } from '../../lib/topology';
import { processIo, run } from '../../lib/cli';
import { withRules } from '../../scripts/write-rules';

const ROOT = resolve(__dirname, '../..');
const ROOMS = readdirSync(join(ROOT, 'lib')).map((room) => join('lib', room));
const READMES = ['README.md', ...ROOMS.map((room) => join(room, 'README.md'))];

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** The TypeScript blocks of a README, as files beside it. */
function blocksOf(readme: string): ReadonlyMap<string, string> {
  const blocks = [...read(readme).matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  return new Map(blocks.map((code, index) => [join(ROOT, readme, `../readme-block-${index}.ts`), code]));
}

/** What the compiler says of these files. What they import, which is checked by lint, is only read. */
function problemsIn(files: ReadonlyMap<string, string>): readonly string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const readSource = host.getSourceFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  host.fileExists = (file) => files.has(file) || exists(file);
  host.getSourceFile = (file, language, ...rest) => {
    const code = files.get(file);
    return code === undefined ? readSource(file, language, ...rest) : ts.createSourceFile(file, code, language);
  };
  // Unused is what the last line of an example is.
  const program = ts.createProgram([...files.keys()], { ...options, noUnusedLocals: false }, host);
  return [...files.keys()]
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

test.each(ROOMS)('%s has a README that begins with an example', (room) => {
  const [, ...rest] = read(join(room, 'README.md')).split('\n');
  // The command's is run by its own test.
  expect(rest.find((line) => line !== '')).toMatch(/^```(ts|sh)$/);
});

test('the examples of all READMEs compile, and one that is wrong would be seen', () => {
  const files = new Map(READMES.flatMap((readme) => [...blocksOf(readme)]));
  expect(files.size).toBeGreaterThanOrEqual(4);
  const wrong = join(ROOT, 'wrong.ts');
  files.set(wrong, `import { define } from 'db-understudy/topology';\ndefine({ nme: 'x' });\n`);
  expect(problemsIn(files)).toEqual([
    expect.stringMatching(/^\S*\/wrong\.ts: .*'nme' does not exist in type/s) as string,
  ]);
});

test('README.md lists the rules as they are', () => {
  expect(read('README.md')).toBe(withRules(read('README.md')));
});

test('the example of README.md is accepted without a finding', () => {
  expect(checkText(read('examples/orders.topology.yaml')).findings).toEqual([]);
});

test('the diagram of README.md is that of the default topology', async () => {
  const written: string[] = [];
  const io = {
    ...processIo(process),
    stdout: { write: () => undefined, isTTY: false },
    stderr: { write: () => undefined, isTTY: false },
    env: {},
    readFile: (path: string) => Promise.resolve(read(path)),
    writeFile: (_path: string, text: string) => Promise.resolve(void written.push(text)),
  };
  expect(await run(['diagram', 'examples/orders.topology.yaml', '-o', 'orders.svg'], io)).toBe(0);
  expect(written).toEqual([read('docs/orders.svg')]);
});

test.each(READMES)('the links of %s lead somewhere', (readme) => {
  const links = [...read(readme).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
  const missing = links.filter((link) => !ts.sys.fileExists(join(ROOT, readme, '..', link)));
  expect(missing).toEqual([]);
});
