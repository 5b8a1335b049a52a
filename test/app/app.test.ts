import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runApp } from './_helpers/run-app';

const folder = mkdtempSync(join(tmpdir(), 'topologies-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(text: string): string {
  const path = join(folder, 'a.topology.yaml');
  writeFileSync(path, text);
  return path;
}

const SMALL = `
name: small
engine: { name: postgres, version: '17.6' }
primary: ada
objectives: { lag: 10m }
members:
  ada: { region: eu-west-1, size: db.r7g.large, storage: { gib: 20 } }
`;

describe('the app that cdk.json names', () => {
  it('synthesises the file that the context names, in the account of the credentials', () => {
    const { status, stdout, stderr, templates } = runApp(file(SMALL), { CDK_DEFAULT_ACCOUNT: '111122223333' });
    expect({ status, stdout, stderr, stacks: Object.keys(templates) }).toStrictEqual({
      status: 0,
      stdout: '',
      stderr: '',
      stacks: ['small-eu-west-1'],
    });
  }, 60_000);

  it('synthesises the example when it is told nothing, and all validators of the CDK are silent', () => {
    const { status, stdout, stderr, templates } = runApp(undefined, { CDK_VALIDATION: 'true' });
    expect({ status, stdout, stderr, stacks: Object.keys(templates).sort() }).toStrictEqual({
      status: 0,
      stdout: '',
      stderr: '',
      stacks: ['orders-eu-west-1', 'orders-us-east-1'],
    });
  }, 60_000);
});

describe('what cannot be synthesised is said on stderr, without a stack', () => {
  it.each([
    ['no/such/file.yaml', 'ENOENT'],
    ['examples', 'EISDIR'],
  ])(
    '%s cannot be read: exit 2',
    (path, code) => {
      expect(runApp(path)).toStrictEqual({
        status: 2,
        stdout: '',
        stderr: `understudy: cannot read ${path}: the system says ${code}; allowed is a topology file in YAML or JSON; name one with cdk synth -c topology=<file>\n`,
        templates: {},
      });
    },
    60_000,
  );

  it('every finding of a topology: exit 1', () => {
    const path = file(SMALL.replace('gib: 20 }', 'gib: 20 }, retention: 40d').replace('eu-west-1', 'eu-west'));
    expect(runApp(path)).toStrictEqual({
      status: 1,
      stdout: '',
      stderr: [
        'understudy: the topology has 2 errors:',
        `  ${path}:7:69 error retention-range: members.ada.retention: retention is 40d. Allowed: whole days from 0d to 35d. Fix: write for example \`retention: 7d\`; AWS Backup keeps longer.`,
        `  ${path}:7:10 error region-unknown: members.ada.region: region is eu-west, which is no AWS Region. Allowed: the code of an AWS Region, for example eu-west-1. Fix: did you mean eu-west-1?`,
        '',
      ].join('\n'),
      templates: {},
    });
  }, 60_000);

  it('the stack, too, when it is asked for', () => {
    const { status, stderr } = runApp('no/such/file.yaml', { UNDERSTUDY_DEBUG: '1' });
    expect(status).toBe(2);
    expect(stderr).toContain('\n    at textOf (');
    expect(stderr).toContain('[cause]: Error: ENOENT');
  }, 60_000);
});
