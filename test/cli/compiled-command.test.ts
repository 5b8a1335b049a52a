import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { builtPackage } from '../_helpers/built-package';
import { FakeLambda } from './_helpers/fake-lambda';
import { TWO_REGIONS, WRONG_REGION } from './_helpers/topology-texts';

const ROOT = join(__dirname, '..', '..');

/** All that the command may need: neither the CDK nor Pulumi. */
const PACKAGES = ['zod', 'yaml', 'commander', '@viz-js/viz'];

let sandbox: string;

beforeAll(async () => {
  const built = await builtPackage();
  sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'understudy-')));
  for (const folder of ['bin', 'lib'])
    cpSync(join(built, 'dist', folder), join(sandbox, 'dist', folder), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(sandbox, 'package.json'));
  for (const name of PACKAGES) {
    const link = join(sandbox, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link, 'junction');
  }
  writeFileSync(join(sandbox, 'good.yaml'), TWO_REGIONS);
  writeFileSync(join(sandbox, 'wrong.yaml'), WRONG_REGION);
});

afterAll(() => rmSync(sandbox, { recursive: true }));

function understudy(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(sandbox, 'dist', 'bin', 'understudy.js'), ...argv],
    {
      cwd: sandbox,
      encoding: 'utf8',
      // Symlinks stay where they are, so that nothing is found beside what they point to.
      env: { PATH: process.env['PATH'], NODE_OPTIONS: '--preserve-symlinks --preserve-symlinks-main' },
    },
  );
  return { status, stdout, stderr };
}

test('the sandbox has neither the CDK nor its constructs nor any SDK', () => {
  for (const name of ['aws-cdk-lib', 'constructs', '@aws-sdk/client-lambda', '@aws-sdk/client-ssm', 'pg']) {
    expect(() => require.resolve(name, { paths: [sandbox] })).toThrow('Cannot resolve module');
  }
});

test('it starts', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(understudy('--version')).toStrictEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('it checks', () => {
  expect(understudy('check', 'good.yaml')).toStrictEqual({
    status: 0,
    stdout: 'good.yaml: 0 errors, 0 warnings; 4 members in 2 Regions (us-east-1, eu-west-1)\n',
    stderr: '',
  });
  expect(understudy('check', 'wrong.yaml').status).toBe(1);
  expect(understudy('check', '.')).toStrictEqual({
    status: 2,
    stdout: '',
    stderr:
      'understudy: cannot read .: it is a directory; allowed is a topology file in YAML or JSON; name a file in it\n',
  });
});

test('it draws, with Graphviz loaded only now', () => {
  expect(understudy('diagram', 'good.yaml', '-o', 'good.svg')).toStrictEqual({
    status: 0,
    stdout: 'wrote good.svg\n',
    stderr: '',
  });
  expect(readFileSync(join(sandbox, 'good.svg'), 'utf8')).toMatch(/^<svg /);
});

test('it writes a first file that passes its own check, and does not overwrite it', () => {
  expect(understudy('init').status).toBe(0);
  expect(understudy('check', 'understudy.topology.yaml').stdout).toBe(
    'understudy.topology.yaml: 0 errors, 0 warnings; 3 members in 2 Regions (us-east-1, us-west-2)\n',
  );
  expect(understudy('init').status).toBe(2);
});

describe('it asks the runbook, with no SDK installed', () => {
  let lambda: FakeLambda;
  let url: string;

  beforeEach(async () => {
    lambda = new FakeLambda();
    url = await lambda.open();
  });

  afterEach(() => lambda.close());

  /** Not in this thread, which is the one that answers. */
  async function asked(...argv: string[]) {
    const script = join(sandbox, 'dist', 'bin', 'understudy.js');
    const child = spawn(process.execPath, [script, ...argv], {
      cwd: sandbox,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        NODE_OPTIONS: '--preserve-symlinks --preserve-symlinks-main',
        AWS_ENDPOINT_URL: url,
        AWS_ACCESS_KEY_ID: 'operator',
        AWS_SECRET_ACCESS_KEY: 'any',
      },
    });
    const ended = once(child, 'exit') as Promise<[number]>;
    const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { status, stdout, stderr };
  }

  test('in its function', async () => {
    lambda.answer = () => ({
      payload: JSON.stringify({
        ...{ runId: 'none', outcome: 'DONE', phase: 'start', findings: [], candidates: [], timings: [] },
        next: ['virginia-a is the primary. No run was ever begun.'],
      }),
    });
    expect(await asked('status', 'good.yaml')).toStrictEqual({
      status: 0,
      stdout: 'DONE\nRUN           none\n\nvirginia-a is the primary. No run was ever begun.\n',
      stderr: '',
    });
    expect(lambda.invocations.map(({ functionName }) => functionName)).toStrictEqual(['understudy-orders-plan']);
  });

  test('and here', async () => {
    // Whoever answers here is no Parameter Store: what matters is that it was asked, and by whom.
    expect(await asked('status', 'good.yaml', '--local')).toStrictEqual({
      status: 69,
      stdout: '',
      stderr:
        'understudy: the parameter /understudy/orders/runbook in eu-west-1 cannot be read: the whole is not as expected; allowed: what this version of the package deploys; deploy the runbook again, or use the version that deployed it\n',
    });
    expect(lambda.invocations.map(({ event }) => event)).toStrictEqual([{ Name: '/understudy/orders/runbook' }]);
  });
});
