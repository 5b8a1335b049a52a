import { gzipSync } from 'node:zlib';
import { openRunbookHost } from '../../../lib/cli/operator';
import { openRunbookHostWith } from '../../../lib/cli/operator/open-runbook-host';
import { run } from '../../../lib/cli/run';
import {
  EmbeddedCloud,
  serve,
  VirtualClock,
  type CloudServer,
  type EmbeddedCloudOptions,
} from '../../../lib/rehearsal';
import { awsPorts } from '../../../lib/runbook/adapters/aws';
import { watch } from '../../../lib/runbook/execution';
import type { RunbookSettings } from '../../../lib/runbook/contract';
import { parse } from '../../../lib/topology';
import { enterAws, leaveAws } from '../_helpers/aws-environment';
import { MemoryIo } from '../_helpers/memory-io';
import { TWO_REGIONS } from '../_helpers/topology-texts';

// Hundreds of calls over HTTP take their time where other tests run beside.
jest.setTimeout(60_000);

const HOME = 'us-east-1';
const ABROAD = 'eu-west-1';
const PLACE = ['orders', '--region', ABROAD, '--local'];
const TOPOLOGY = parse(TWO_REGIONS.replace(", version: '17.7'", ''));

const SETTINGS: RunbookSettings = {
  version: 1,
  topology: gzipSync(JSON.stringify(TOPOLOGY)).toString('base64'),
  region: ABROAD,
  table: 'understudy-orders',
  endpoints: [{ role: 'writer', kind: 'parameter', name: '/understudy/orders/writer' }],
  isConnected: true,
};

const tags = (region: string) => [{ key: 'understudy:quarantine', value: `sg-quarantine-${region}` }];
const engineVersion = '17.6';

let clock: VirtualClock;
let cloud: EmbeddedCloud;
let server: CloudServer;

async function enter(settings: string | undefined = JSON.stringify(SETTINGS), more: EmbeddedCloudOptions = {}) {
  clock = new VirtualClock();
  cloud = new EmbeddedCloud({
    clock,
    instances: [
      { region: HOME, id: 'orders-virginia-a', engineVersion, multiAz: true, tags: tags(HOME) },
      { region: HOME, id: 'orders-virginia-reports', replicaOf: 'orders-virginia-a', tags: tags(HOME) },
      { region: ABROAD, id: 'orders-dublin-a', replicaOf: 'orders-virginia-a', tags: tags(ABROAD) },
      { region: ABROAD, id: 'orders-dublin-b', replicaOf: 'orders-dublin-a', tags: tags(ABROAD) },
    ],
    tables: [{ region: ABROAD, name: 'understudy-orders', partitionKey: 'topology', sortKey: 'item' }],
    parameters: [
      ...(settings === '' ? [] : [{ region: ABROAD, name: '/understudy/orders/runbook', value: settings }]),
      { region: ABROAD, name: '/understudy/orders/writer', value: 'orders-virginia-a.us-east-1.rds.amazonaws.com' },
    ],
    ...more,
  });
  server = await serve(cloud);
  enterAws({ AWS_ENDPOINT_URL: server.url });
}

afterEach(async () => {
  leaveAws();
  await server.close();
});

/** As it is, but for the time: nobody waits for a promotion here. */
const open = openRunbookHostWith((settings) => {
  const time = { now: () => clock.now() / 1000, wait: (seconds: number) => clock.wait(seconds) };
  return awsPorts(settings, { clock: time });
});

async function understudy(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = new MemoryIo({}, { open });
  const code = await run(argv, io);
  return { code, out: io.out, err: io.err };
}

test('status, as it is deployed', async () => {
  await enter();
  const io = new MemoryIo({}, { open: openRunbookHost });
  expect(await run(['status', ...PLACE], io)).toBe(0);
  expect(io.out).toBe('DONE\nRUN           none\n\nvirginia-a is the primary. No run was ever begun.\n');
});

/** The watch has seen everybody alive, then the primary's Region is gone. */
async function lose(): Promise<void> {
  const time = { now: () => clock.now() / 1000, wait: (seconds: number) => clock.wait(seconds) };
  const { ports, topology } = awsPorts({ ...SETTINGS, isConnected: false }, { clock: time });
  for (let minute = 0; minute < 3; minute += 1) {
    await watch(ports, topology);
    clock.advance(60);
  }
  cloud.cut(HOME, 'reset');
  cloud.fleet.setReplication(ABROAD, 'orders-dublin-a', 'error');
  clock.advance(240);
}

const FAILOVER = [
  ...['promote', ...PLACE, '--failover', '--reason', 'us-east-1 is gone', '--override', 'primary-unknown'],
  ...['--accept-data-loss', '1h', '--accept-split-brain-risk', 'Ada: the Region is dark'],
];

const hashIn = (screen: string): string => /--approve ([0-9a-f]{64})/.exec(screen)?.[1] ?? 'no hash';

test('a failover from this machine, from the plan to the end', async () => {
  await enter();
  await lose();
  const plan = await understudy('plan', ...PLACE);
  expect(plan.code).toBe(4);
  expect(plan.out).toMatch(/^STOPPED, nothing done: orders, failover of virginia-a to dublin-a \(eu-west-1\)\n/);
  expect(plan.out).toContain('\nSTOPPED BY    primary-unknown: ');

  const asked = await understudy(...FAILOVER);
  expect(asked.code).toBe(4);
  expect(asked.out).toContain(
    '\nTo approve it:\n  understudy promote orders --region eu-west-1 --local --failover \\\n',
  );
  expect(cloud.mutations.filter(({ service }) => service === 'rds')).toStrictEqual([]);

  const done = await understudy(...FAILOVER, '--approve', hashIn(asked.out));
  expect(done.code).toBe(3);
  expect(done.out.split('\n').slice(0, 4)).toStrictEqual([
    'DEGRADED: promoted, and not all is as it should be',
    'RUN           run-1',
    'WHAT          failover of virginia-a to dublin-a',
    'PRIMARY       dublin-a; virginia-a is kept',
  ]);
  expect(done.err).toContain('+0s confirm: waiting for the promotion of orders-dublin-a in eu-west-1 (rebooting)\n');
  expect(cloud.fleet.instance(ABROAD, 'orders-dublin-a').replication).toBeUndefined();
  expect(cloud.parameters.value(ABROAD, '/understudy/orders/writer')).toMatch(/^orders-dublin-a\./);

  const status = await understudy('status', ...PLACE);
  expect([status.code, status.out.includes('\n\ndublin-a is the primary.\n')]).toStrictEqual([3, true]);
});

test('Ctrl-C leaves a run that can be gone on with, and another command goes on with it', async () => {
  await enter();
  await lose();
  const asked = await understudy(...FAILOVER);
  const heard = (text: string): void => {
    if (text.includes('(rebooting)')) io.interrupt();
  };
  const io: MemoryIo = new MemoryIo({}, { open, heard });
  expect(await run([...FAILOVER, '--approve', hashIn(asked.out)], io)).toBe(7);
  expect(io.out).toContain(
    'To go on with it:\n  understudy promote orders --region eu-west-1 --local --failover \\\n    --run-id run-1',
  );
  const resumed = await understudy('promote', ...PLACE, '--failover', '--reason', 'on', '--run-id', 'run-1');
  expect(resumed.code).toBe(3);
  const promotions = cloud.mutations.filter(({ action }) => action === 'PromoteReadReplica');
  expect(promotions).toHaveLength(1);
});

describe('the databases are asked from here only when the operator says so', () => {
  test.each([
    [[], false],
    [['--connected'], true],
  ])('%j', async (argv, isConnected) => {
    await enter();
    const seen: RunbookSettings[] = [];
    const spying = openRunbookHostWith((settings) => {
      seen.push(settings);
      return awsPorts(settings);
    });
    await run(['status', ...PLACE, ...argv], new MemoryIo({}, { open: spying }));
    expect(seen).toStrictEqual([{ ...SETTINGS, isConnected }]);
  });
});

describe('settings that cannot be had', () => {
  test('there are none in that Region', async () => {
    await enter('');
    expect(await understudy('status', ...PLACE)).toStrictEqual({
      code: 69,
      out: '',
      err: 'understudy: there is no parameter /understudy/orders/runbook in eu-west-1; allowed: a Region with a deployed runbook of orders; deploy it there, correct the name, or name another Region with --region\n',
    });
  });

  test.each([
    ['no JSON', '{', 'the whole'],
    ['those of another version', JSON.stringify({ ...SETTINGS, version: 2, table: 1 }), 'version, table'],
  ])('%s', async (_, text, places) => {
    await enter(text);
    expect(await understudy('status', ...PLACE)).toStrictEqual({
      code: 69,
      out: '',
      err: `understudy: the parameter /understudy/orders/runbook in eu-west-1 cannot be read: ${places} is not as expected; allowed: what this version of the package deploys; deploy the runbook again, or use the version that deployed it\n`,
    });
  });

  test('nobody may read them', async () => {
    await enter(undefined, { faults: [{ action: 'GetParameter', mishap: { kind: 'access-denied' } }] });
    const { code, err } = await understudy('status', ...PLACE);
    expect(code).toBe(69);
    expect(err).toMatch(/^understudy: ssm:GetParameter of \/understudy\/orders\/runbook in eu-west-1 was denied: /);
  });

  test('there are no credentials', async () => {
    await enter();
    enterAws({ AWS_ENDPOINT_URL: server.url, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    const { code, err } = await understudy('status', ...PLACE);
    expect([code, err]).toStrictEqual([
      69,
      'understudy: there are no credentials for AWS; allowed: any that the AWS SDK finds; sign in, or name a profile in AWS_PROFILE\n',
    ]);
  });
});
