import { run } from '../../lib/cli/run';
import { MemoryIo } from './_helpers/memory-io';
import { AFTER_PROMOTION, TWO_REGIONS, WARNED, WRONG_REGION } from './_helpers/topology-texts';

const REGION_PROBLEM = 'region is us-east-9, which is no AWS Region';
const REGION_ALLOWED = 'the code of an AWS Region, for example eu-west-1';
const REGION_FIX = 'did you mean us-east-1?';
const REGION_MESSAGE = `${REGION_PROBLEM}. Allowed: ${REGION_ALLOWED}. Fix: ${REGION_FIX}`;
const REGION_LINE = `db.yaml:8:23 error region-unknown: members.virginia-reports.region: ${REGION_MESSAGE}\n`;

async function check(text: string, ...options: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = new MemoryIo({ 'db.yaml': text });
  const code = await run(['check', 'db.yaml', ...options], io);
  return { code, out: io.out, err: io.err };
}

test('a clean file is told its extent', async () => {
  const out = 'db.yaml: 0 errors, 0 warnings; 4 members in 2 Regions (us-east-1, eu-west-1)\n';
  expect(await check(TWO_REGIONS)).toStrictEqual({ code: 0, out, err: '' });
});

test('removed members are not counted', async () => {
  const out = 'db.yaml: 0 errors, 0 warnings; 3 members in 2 Regions (us-east-1, eu-west-1)\n';
  expect(await check(AFTER_PROMOTION)).toStrictEqual({ code: 0, out, err: '' });
});

test.each([
  ['an error', WRONG_REGION, `${REGION_LINE}db.yaml: 1 error, 0 warnings\n`],
  [
    'an unknown key',
    TWO_REGIONS.replace('heartbeat', 'hartbeat'),
    'db.yaml:5:1 error unknown-key: hartbeat: hartbeat is no known key. Allowed: name, cloud, kind, engine, primary, objectives, heartbeat, tags, members, aws, gcp. Fix: did you mean heartbeat?\ndb.yaml: 1 error, 0 warnings\n',
  ],
  [
    'the same id twice',
    TWO_REGIONS.replace('dublin-b', 'dublin-a'),
    'db.yaml:10:3 error duplicate-key: a key is written twice in one mapping. Allowed: each key, and each id of a member, once. Fix: rename one of the two.\ndb.yaml: 1 error, 0 warnings\n',
  ],
  [
    'no YAML',
    'name: [\n',
    'db.yaml:2:1 error syntax: this is neither YAML nor JSON: flow sequence in block collection must be sufficiently indented and end with a ]. Allowed: one YAML or JSON document. Fix: correct the line.\ndb.yaml: 1 error, 0 warnings\n',
  ],
  [
    'nothing at all',
    '',
    'db.yaml:1:1 error invalid-value: the topology is empty. Allowed: a mapping with name, engine, primary, objectives and members. Fix: write it so.\ndb.yaml: 1 error, 0 warnings\n',
  ],
])('%s: line, column, message, verdict and exit 1', async (_, text, out) => {
  expect(await check(text)).toStrictEqual({ code: 1, out, err: '' });
});

test('warnings alone do not fail', async () => {
  expect(await check(WARNED)).toStrictEqual({
    code: 0,
    out:
      'db.yaml:8:3 warning role-word-in-name: members.virginia-replica: virginia-replica says replica; a name stays for ever, a role does not. Allowed: names by place or purpose, for example virginia-a or reporting. Fix: rename before the first deployment; afterwards it would replace the database.\n' +
      'db.yaml: 0 errors, 1 warning\n',
    err: '',
  });
});

test('several files are reported one after the other, and one wrong file fails them all', async () => {
  const io = new MemoryIo({ 'db.yaml': WRONG_REGION, 'good.yaml': TWO_REGIONS });
  expect(await run(['check', 'db.yaml', 'good.yaml'], io)).toBe(1);
  expect(io.out).toBe(
    `${REGION_LINE}db.yaml: 1 error, 0 warnings\ngood.yaml: 0 errors, 0 warnings; 4 members in 2 Regions (us-east-1, eu-west-1)\n`,
  );
});

test('a missing file among several: nothing is reported', async () => {
  const io = new MemoryIo({ 'good.yaml': TWO_REGIONS });
  expect(await run(['check', 'good.yaml', 'gone.yaml'], io)).toBe(2);
  expect(io.out).toBe('');
  expect(io.err).toBe(
    'understudy: cannot read gone.yaml: there is no such file or directory; allowed is a topology file in YAML or JSON; correct the path, or start one with understudy init\n',
  );
});

test('--json is one object on one line', async () => {
  const { code, out } = await check(WRONG_REGION, '--json');
  expect(code).toBe(1);
  expect(out).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(out)).toStrictEqual({
    file: 'db.yaml',
    ok: false,
    findings: [
      {
        code: 'region-unknown',
        severity: 'error',
        path: ['members', 'virginia-reports', 'region'],
        message: REGION_MESSAGE,
        problem: REGION_PROBLEM,
        allowed: REGION_ALLOWED,
        fix: REGION_FIX,
        line: 8,
        column: 23,
      },
    ],
  });
});

test.each([
  ['nothing is found', TWO_REGIONS, 0],
  ['only warnings are found', WARNED, 1],
])('--json is ok when %s', async (_, text, count) => {
  const { code, out } = await check(text, '--json');
  const report = JSON.parse(out) as { ok: boolean; findings: readonly unknown[] };
  expect([code, report.ok, report.findings.length]).toStrictEqual([0, true, count]);
});

describe('colours', () => {
  const red = (text: string): string => `\u001B[31m${text}\u001B[39m`;
  const plain = `${REGION_LINE}db.yaml: 1 error, 0 warnings\n`;

  test.each([
    [
      'on a terminal',
      true,
      {},
      `${REGION_LINE.replace('error region-unknown:', red)}${red('db.yaml: 1 error, 0 warnings')}\n`,
    ],
    ['not elsewhere', false, {}, plain],
    ['not where NO_COLOR is set', true, { NO_COLOR: '1' }, plain],
  ])('%s', async (_, isTTY, env, out) => {
    const io = new MemoryIo({ 'db.yaml': WRONG_REGION }, { isTTY, env });
    await run(['check', 'db.yaml'], io);
    expect(io.out).toBe(out);
  });

  test('NO_COLOR without a value does not count, says no-color.org', async () => {
    const io = new MemoryIo({ 'db.yaml': TWO_REGIONS }, { isTTY: true, env: { NO_COLOR: '' } });
    await run(['check', 'db.yaml'], io);
    expect(io.out).toBe(
      '\u001B[32mdb.yaml: 0 errors, 0 warnings; 4 members in 2 Regions (us-east-1, eu-west-1)\u001B[39m\n',
    );
  });
});
