import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../lib/cli/commands';
import { run } from '../../lib/cli/run';
import { MemoryIo } from './_helpers/memory-io';

describe('what cannot be carried out is one line on stderr and exit 2', () => {
  test.each([
    [
      ['chekc'],
      'there is no command chekc; allowed: init, check, diagram, schema, rehearse, plan, promote, status, abort, unfence; did you mean check?',
    ],
    [
      ['demote'],
      'there is no command demote; allowed: init, check, diagram, schema, rehearse, plan, promote, status, abort, unfence; did you mean promote?',
    ],
    [
      ['promote'],
      'promote got no topology; allowed: the file of a topology, or the name of a deployed one; run understudy promote --help',
    ],
    [['--frob'], 'understudy has no option --frob; allowed: --version, --debug, --help; run understudy --help'],
    [['check'], 'check got no file; allowed: topology files in YAML or JSON; run understudy check --help'],
    [['check', 'a', '--jsno'], 'check has no option --jsno; allowed: --json, --debug, --help; did you mean --json?'],
    [['diagram'], 'diagram got no file; allowed: one topology file in YAML or JSON; run understudy diagram --help'],
    [
      ['diagram', 'a', 'b'],
      'diagram got too many arguments; allowed: one topology file in YAML or JSON; run understudy diagram --help',
    ],
    [
      ['diagram', 'a', '-o'],
      'the option -o, --output got no value; allowed: -o, --output <file>; run understudy diagram --help',
    ],
    [
      ['init', 'a', 'b'],
      'init got too many arguments; allowed: one YAML file; understudy.topology.yaml when nothing is named; run understudy init --help',
    ],
    [['schema', 'a'], 'schema got too many arguments; allowed: no argument; run understudy schema --help'],
  ])('%j', async (argv, message) => {
    const io = new MemoryIo();
    expect(await run(argv, io)).toBe(2);
    expect(io.err).toBe(`understudy: ${message}\n`);
    expect(io.out).toBe('');
  });
});

test('without a command: help on stderr, exit 2', async () => {
  const io = new MemoryIo();
  expect(await run([], io)).toBe(2);
  expect(io.out).toBe('');
  expect(io.err).toBe(`Usage: understudy [options] [command]

Replicated databases as code: check and draw topology files, promote replicas.

Options:
  --version                     print the version
  --debug                       show stacks of errors
  --help                        print help

Commands:
  init [options] [file]         write a commented first topology file
  check [options] <file...>     report every mistake in topology files; exit 1 when one is an error
  diagram [options] <file>      draw a topology: Regions, members, who follows whom
  schema [options]              print the JSON Schema of topology files, for editors
  rehearse [options] [file]     play promotions of a topology on real servers of this machine, and
                                judge them
  plan [options] <topology>     look at everything and say what a promotion would do; changes
                                nothing
  promote [options] <topology>  make a replica the primary: plans, asks, and carries it out
  status [options] <topology>   tell who is primary, and how a run stands; changes nothing
  abort [options] <topology>    stop a run before its promotion; what it did is taken back
  unfence [options] <topology>  let a member take writes again that a run has fenced or frozen
`);
});

test('--help is help on stdout, exit 0', async () => {
  const [io, bare] = [new MemoryIo(), new MemoryIo()];
  expect(await run(['--help'], io)).toBe(0);
  await run([], bare);
  expect([io.out, io.err]).toStrictEqual([bare.err, '']);
});

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  '%s --help says what it is for, with examples',
  async (name, command) => {
    const io = new MemoryIo();
    expect(await run([name, '--help'], io)).toBe(0);
    expect(io.out).toContain(`\n\n${command.summary}\n\n`);
    for (const { flags, description } of command.options)
      expect(io.out.replaceAll(/ +/g, ' ')).toContain(` ${flags} ${description}`.slice(0, 60));
    expect(io.out.endsWith(`\nExamples:\n${command.examples.map((line) => `  ${line}\n`).join('')}`)).toBe(true);
  },
);

test('--version is that of the package', async () => {
  const io = new MemoryIo();
  const manifest = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  expect(await run(['--version'], io)).toBe(0);
  expect(io.out).toBe(`${version}\n`);
});

describe('--debug adds the stack', () => {
  test.each([
    ['before the command', ['--debug', 'check', 'gone.yaml']],
    ['after it', ['check', 'gone.yaml', '--debug']],
  ])('%s', async (_, argv) => {
    const io = new MemoryIo();
    expect(await run(argv, io)).toBe(2);
    const [line, ...stack] = io.err.split('\n');
    expect(line).toBe(
      'understudy: cannot read gone.yaml: there is no such file or directory; allowed is a topology file in YAML or JSON; correct the path, or start one with understudy init',
    );
    expect(stack[0]).toMatch(/^UsageError: cannot read gone\.yaml/);
    expect(stack[1]).toMatch(/^ {4}at /);
  });
});

describe('a fault of this package is exit 70', () => {
  class BrokenIo extends MemoryIo {
    override readFile(): Promise<string> {
      return Promise.reject(new Error('the floor\n  gave way', { cause: new Error('woodworm') }));
    }
  }

  test('one line, and how to see more', async () => {
    const io = new BrokenIo();
    expect(await run(['check', 'db.yaml'], io)).toBe(70);
    expect(io.err).toBe('understudy: unexpected: the floor gave way; run again with --debug for the stack\n');
  });

  test('with --debug, the stack and its cause', async () => {
    const io = new BrokenIo();
    expect(await run(['check', 'db.yaml', '--debug'], io)).toBe(70);
    expect(io.err).toMatch(
      /^understudy: the floor gave way\nError: the floor\n[^]*\n {4}at [^]*\ncaused by Error: woodworm\n {4}at /,
    );
  });

  test('also what is no Error is told', async () => {
    const io = new MemoryIo();
    jest.spyOn(io, 'readFile').mockRejectedValue('a bare word');
    expect(await run(['check', 'db.yaml', '--debug'], io)).toBe(70);
    expect(io.err).toBe('understudy: a bare word\nno stack\n');
  });
});
