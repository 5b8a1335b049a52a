import { run } from '../../../lib/cli/run';
import { cloudSql, withDr } from '../../_helpers/sample-cloud-sql';
import { MemoryIo } from '../_helpers/memory-io';
import { ScriptedHost } from '../_helpers/scripted-host';
import { TWO_REGIONS, WRONG_REGION } from '../_helpers/topology-texts';

const ONE_REGION = TWO_REGIONS.replace('virginia-a, promotion: never', 'virginia-a, promotion: 4');
const GOOGLE = JSON.stringify(withDr(cloudSql())).replace('"project":"acme-prod",', 'project: acme-prod, ');
const NOBODY = TWO_REGIONS.replaceAll(/promotion: [23]/g, 'promotion: never');

async function status(text: string, ...argv: string[]): Promise<{ code: number; io: MemoryIo }> {
  const host = new ScriptedHost(() => ({
    ...{ runId: 'none', outcome: 'DONE', phase: 'start', next: [] },
    ...{ findings: [], candidates: [], timings: [] },
  }));
  const io = new MemoryIo({ 'db.yaml': text }, { host });
  return { code: await run(['status', ...argv], io), io };
}

describe('whom the command asks', () => {
  test.each<[string, string[], object]>([
    ['a file with one Region to recover in', ['db.yaml'], { topology: 'orders', region: 'eu-west-1' }],
    ['a file, and a Region', ['db.yaml', '--region', 'us-east-1'], { topology: 'orders', region: 'us-east-1' }],
    ['a name', ['ledger', '--region', 'us-gov-west-1'], { topology: 'ledger', region: 'us-gov-west-1' }],
    [
      'this machine',
      ['ledger', '--region', 'eu-west-1', '--local', '--connected'],
      { topology: 'ledger', region: 'eu-west-1', isLocal: true, isConnected: true },
    ],
    [
      'a function of another name',
      ['ledger', '--region', 'eu-west-1', '--function', 'mine'],
      { topology: 'ledger', region: 'eu-west-1', functionName: 'mine' },
    ],
    [
      'the usual function',
      ['ledger', '--region', 'eu-west-1', '--function'],
      { topology: 'ledger', region: 'eu-west-1' },
    ],
  ])('%s', async (_, argv, request) => {
    const { code, io } = await status(TWO_REGIONS, ...argv);
    expect(code).toBe(0);
    const usual = { isLocal: false, isConnected: false, functionName: undefined };
    expect(io.requests).toStrictEqual([{ ...usual, ...request }]);
  });
});

describe('what is refused before anybody is asked', () => {
  test.each<[string, string, string[], string]>([
    [
      'a name without a Region',
      TWO_REGIONS,
      ['orders'],
      '--region is missing: the name orders does not tell it; allowed: the Region that is recovered in; add --region',
    ],
    [
      'members of two Regions',
      ONE_REGION,
      ['db.yaml'],
      '--region is missing: in db.yaml members of 2 Regions can be promoted; allowed: us-east-1, eu-west-1; add --region',
    ],
    [
      'nobody to promote',
      NOBODY,
      ['db.yaml'],
      '--region is missing: in db.yaml nobody can be promoted; allowed: the Region that is recovered in; add --region',
    ],
    [
      'no name',
      TWO_REGIONS,
      ['Orders', '--region', 'eu-west-1'],
      'Orders is no topology; allowed: a file such as orders.topology.yaml, or a name such as orders; correct it',
    ],
    [
      'nothing',
      TWO_REGIONS,
      ['', '--region', 'eu-west-1'],
      'an empty text is no topology; allowed: a file such as orders.topology.yaml, or a name such as orders; correct it',
    ],
    [
      'no Region',
      TWO_REGIONS,
      ['orders', '--region', 'Ireland'],
      '--region is Ireland; allowed: the code of a Region, for example eu-west-1; correct it',
    ],
    [
      'no file',
      TWO_REGIONS,
      ['./gone.yaml'],
      'cannot read ./gone.yaml: there is no such file or directory; allowed is a topology file in YAML or JSON; correct the path, or start one with understudy init',
    ],
    [
      'two places',
      TWO_REGIONS,
      ['db.yaml', '--local', '--function'],
      '--local and --function are two places; allowed: one of them; leave one out',
    ],
    [
      'a machine that is not meant',
      TWO_REGIONS,
      ['db.yaml', '--connected'],
      '--connected speaks of this machine, and the function is asked; allowed: --connected with --local; leave it out, or add --local',
    ],
  ])('%s', async (_, text, argv, message) => {
    const { code, io } = await status(text, ...argv);
    expect(io.err).toBe(`understudy: ${message}\n`);
    expect([code, io.out, io.requests]).toStrictEqual([2, '', []]);
  });

  test('a file with errors: they are told, and the exit code is that of check', async () => {
    const { code, io } = await status(WRONG_REGION, 'db.yaml', '--region', 'eu-west-1');
    expect(code).toBe(1);
    expect(io.err).toMatch(
      /^db\.yaml:8:23 error region-unknown: [^\n]*\ndb\.yaml: 1 error, 0 warnings; nothing was asked\n$/,
    );
    expect([io.out, io.requests]).toStrictEqual(['', []]);
  });
});

describe('on Google Cloud', () => {
  const usual = { isLocal: true, isConnected: false, functionName: undefined };

  test('the function, as on AWS; or an address', async () => {
    const place = { topology: 'orders', region: 'europe-north1', project: 'acme-prod' };
    const { io } = await status(GOOGLE, 'db.yaml');
    expect(io.requests).toStrictEqual([{ ...usual, isLocal: false, ...place }]);
    const address = 'https://runbook.example';
    const { io: other } = await status(GOOGLE, 'db.yaml', '--function', address);
    expect(other.requests).toStrictEqual([{ ...usual, isLocal: false, ...place, functionName: address }]);
  });

  test.each<[string, string[], object]>([
    ['a file', ['db.yaml', '--local'], { topology: 'orders', region: 'europe-north1', project: 'acme-prod' }],
    [
      'a file, and another project',
      ['db.yaml', '--local', '--project', 'acme-test'],
      { topology: 'orders', region: 'europe-north1', project: 'acme-test' },
    ],
    [
      'a name',
      ['orders', '--project', 'acme-prod', '--region', 'europe-west1', '--local'],
      { topology: 'orders', region: 'europe-west1', project: 'acme-prod' },
    ],
  ])('%s', async (_, argv, request) => {
    const { code, io } = await status(GOOGLE, ...argv);
    expect([io.err, code]).toStrictEqual(['', 0]);
    expect(io.requests).toStrictEqual([{ ...usual, ...request }]);
  });

  test.each<[string, string, string[], string]>([
    [
      'a function without TLS',
      GOOGLE,
      ['db.yaml', '--function', 'http://runbook.example'],
      '--function is http://runbook.example; allowed: a name, an address that begins with https, or one of this machine; correct it',
    ],
    [
      'a file without a project',
      GOOGLE.replace('project: acme-prod, ', ''),
      ['db.yaml', '--local'],
      'db.yaml does not say in which project of Google Cloud it is; allowed: gcp.project in the file, or --project; add one of them',
    ],
    [
      'a project that is none',
      GOOGLE,
      ['db.yaml', '--local', '--project', 'Acme'],
      '--project is Acme; allowed: the id of a project of Google Cloud, for example acme-prod; correct it',
    ],
    [
      'a region of AWS',
      GOOGLE,
      ['db.yaml', '--local', '--region', 'eu-west-1'],
      '--region is eu-west-1, which is none of Google Cloud; allowed: the code of a Region, for example europe-west1, with a project; correct it',
    ],
    [
      'a region of Google without a project',
      TWO_REGIONS,
      ['orders', '--region', 'europe-west1'],
      '--region is europe-west1, which is none of AWS; allowed: the code of a Region, for example eu-west-1; on Google Cloud, --project as well; correct it',
    ],
    [
      'a project of AWS',
      TWO_REGIONS,
      ['db.yaml', '--project', 'acme-prod'],
      'db.yaml is for AWS, which has no projects; allowed: no --project; take it away',
    ],
  ])('%s is refused', async (_, text, argv, message) => {
    const { code, io } = await status(text, ...argv);
    expect([code, io.err, io.requests]).toStrictEqual([2, `understudy: ${message}\n`, []]);
  });
});
