import { inspect } from 'node:util';
import type { EndpointSetting } from '../../../../../lib/runbook/contract';
import type { Fault, Mishap } from '../../../../../lib/rehearsal';
import {
  driven,
  endpointStage,
  NEW,
  OLD,
  problemOf,
  REGION,
  TO_NEW,
  type EndpointStage,
} from './_helpers/endpoint-stage';

const NAME = 'understudy/orders/master';
const LOST = 'us-east-1';
const SETTING: EndpointSetting = { kind: 'secret', role: 'writer', id: NAME };
const ID = `secret:${NAME}`;
const FIELDS = { engine: 'postgres', username: 'app', password: 'hunter2', dbInstanceIdentifier: 'orders-ada' };
const VALUE = JSON.stringify({ host: OLD, port: 5432, ...FIELDS });
const POINTED = JSON.stringify({ host: NEW, port: 5432, ...FIELDS, dbInstanceIdentifier: 'orders-bab' });
const WRITING = `do: make ${ID} say ${NEW}:5432, not ${OLD}:5432`;
const DETACHING = `do: detach ${ID} from its original in ${LOST}: it is a secret of its own from then on`;
const DONE = `done: ${ID} says ${NEW}:5432`;
const REQUEST = 'request 00000000-0000-4000-8000-00000000000';

let stage: EndpointStage;
beforeEach(async () => {
  stage = await endpointStage({
    secrets: [
      { region: REGION, name: NAME, value: VALUE },
      { region: LOST, name: 'copied', value: VALUE, replicaRegions: [REGION] },
      { region: REGION, name: 'text', value: 'hunter2' },
    ],
  });
});
afterEach(() => stage.end());

const says = (name = NAME): string | undefined => stage.cloud.secrets.value(REGION, name);
const puts = (): unknown[] => stage.cloud.mutations.map(({ parameters }) => parameters['ClientRequestToken']);
const named = (id: string): EndpointSetting => ({ kind: 'secret', role: 'writer', id });

test('says where it points, and nothing else', async () => {
  const endpoint = stage.endpoint(SETTING);
  expect([endpoint.id, endpoint.role, await endpoint.read()]).toEqual([ID, 'writer', `${OLD}:5432`]);
});

test('points, and goes back', async () => {
  const endpoint = stage.endpoint(SETTING);
  const before = await endpoint.read();
  expect((await driven(stage, endpoint.point(TO_NEW))).lines).toEqual([WRITING, DONE]);
  expect(says()).toBe(POINTED);
  await driven(stage, endpoint.goBack(before));
  expect(says()).toBe(VALUE);
  // The same way once more is another version, or the service would take it for the first.
  await driven(stage, endpoint.point(TO_NEW));
  expect(says()).toBe(POINTED);
  expect(new Set(puts()).size).toBe(3);
});

test('that says so already is not written', async () => {
  const back = stage.endpoint(SETTING).goBack(`${OLD}:5432`);
  expect((await driven(stage, back)).lines).toEqual([`done: ${ID} says ${OLD}:5432`]);
  expect(stage.cloud.mutations).toEqual([]);
});

test('what was rotated between the look and the call is kept', async () => {
  const step = await stage.endpoint(SETTING).point(TO_NEW).next([]);
  const secret = stage.cloud.secrets.get(REGION, NAME);
  const rotated = VALUE.replace('hunter2', 'hunter3');
  stage.cloud.secrets.put(secret, { id: 'rotated', value: rotated, stages: ['AWSCURRENT'] });
  await (step.kind === 'do' ? step.call() : undefined);
  expect(says()).toBe(POINTED.replace('hunter2', 'hunter3'));
});

test.each<readonly [string, Mishap, string, readonly string[]]>([
  ['throttled', { kind: 'throttle' }, 'not-taken: ', [WRITING]],
  ['lost before', { kind: 'timeout', effect: 'before', seconds: 1 }, 'unclear: ', [WRITING]],
  ['lost after', { kind: 'timeout', effect: 'after', seconds: 1 }, 'unclear: ', []],
  ['5xx', { kind: 'error', code: 'InternalServiceError', message: 'No', httpStatus: 500 }, 'unclear: ', [WRITING]],
])('a writing that is %s is made again as the same version, or not at all', async (_, mishap, outcome, again) => {
  stage.cloud.inject({ action: 'PutSecretValue', mishap });
  const { lines } = await driven(stage, stage.endpoint(SETTING).point(TO_NEW));
  expect(lines[1]?.startsWith(`${outcome}secretsmanager:PutSecretValue of ${NAME} in ${REGION} was`)).toBe(true);
  expect([lines[0], ...lines.slice(2)]).toEqual([WRITING, ...again, DONE]);
  expect(says()).toBe(POINTED);
  expect(new Set(puts()).size).toBe(1);
});

test('a version that somebody took back is written anew', async () => {
  const procedure = stage.endpoint(SETTING).point(TO_NEW);
  const first = await driven(stage, procedure);
  const secret = stage.cloud.secrets.get(REGION, NAME);
  const [original] = secret.versions;
  // As a person does who moves AWSCURRENT back to the version before.
  const versions = secret.versions.map((each) => ({ ...each, stages: each === original ? ['AWSCURRENT'] : [] }));
  Object.assign(secret, { versions });
  await stage.clock.wait(60);
  expect((await driven(stage, procedure, first)).lines).toEqual([WRITING, DONE]);
  expect(says()).toBe(POINTED);
});

describe('a copy of a secret in another Region', () => {
  const to = (text: string): string => text.replaceAll(ID, 'secret:copied');

  test('is detached first, whatever has become of its original', async () => {
    stage.cloud.cut(LOST);
    const { lines } = await driven(stage, stage.endpoint(named('copied')).point(TO_NEW));
    expect(lines).toEqual([to(DETACHING), to(WRITING), to(DONE)]);
    expect(says('copied')).toBe(POINTED);
    expect(stage.cloud.secrets.value(LOST, 'copied')).toBe(VALUE);
  });

  test('that says so already stays a copy', async () => {
    await driven(stage, stage.endpoint(named('copied')).goBack(`${OLD}:5432`));
    expect(stage.cloud.mutations).toEqual([]);
  });

  test('whose detaching was not answered is looked at', async () => {
    stage.cloud.inject({
      action: 'StopReplicationToReplica',
      mishap: { kind: 'timeout', effect: 'after', seconds: 1 },
    });
    const { lines } = await driven(stage, stage.endpoint(named('copied')).point(TO_NEW));
    expect([lines[0], ...lines.slice(2)]).toEqual([to(DETACHING), to(WRITING), to(DONE)]);
    expect(lines[1]).toBe(
      `unclear: secretsmanager:StopReplicationToReplica of copied in ${REGION} was not answered as it should be: it may have ` +
        'had its effect (ECONNRESET: read ECONNRESET)',
    );
  });

  test('that does not say yet that it is none is waited for, and then detached again', async () => {
    const procedure = stage.endpoint(named('copied')).point(TO_NEW);
    const attempts = [{ step: 'stop-replication', at: stage.clock.now() - 29, outcome: 'done' as const }];
    const { lines } = await driven(stage, procedure, { attempts });
    expect(lines).toEqual(['wait: secret:copied is no copy any more', to(DETACHING), to(WRITING), to(DONE)]);
  });

  test('warns before', async () => {
    expect(await stage.endpoint(named('copied')).obstacles()).toEqual([
      {
        ...{ id: 'secret-detached', severity: 'warn', acceptance: 'none' },
        problem: 'secret:copied is a copy of a secret in us-east-1: to point it elsewhere, it is detached for good',
        fix: 'a password that is changed there afterwards does not come here: change it here; to copy again, make this one the original',
      },
    ]);
  });
});

describe('obstacles', () => {
  const by = 'or move it by hand after the promotion and name endpoint-unreadable in override';

  test('none, when all is well', async () => {
    expect(await stage.endpoint(SETTING).obstacles()).toEqual([]);
  });

  test.each([
    [
      'nowhere',
      `secret:nowhere cannot be read: secretsmanager:GetSecretValue of nowhere in ${REGION} was refused: it had no effect, and ` +
        "would be refused again (ResourceNotFoundException: Secrets Manager can't find the specified secret; HTTP 400, " +
        `${REQUEST}1)`,
    ],
    ['text', 'secret:text has a value that is not allowed; allowed is a JSON object with host and port'],
  ])('%s blocks, and can be overridden', async (id, problem) => {
    expect(await stage.endpoint(named(id)).obstacles()).toEqual([
      {
        ...{ id: 'endpoint-unreadable', severity: 'block', acceptance: 'override', problem },
        fix: `put JSON with host and port into the secret ${id}, ${by}`,
      },
    ]);
  });

  test.each(['GetSecretValue', 'DescribeSecret'])(
    '%s that is denied blocks, and says what to allow',
    async (action) => {
      stage.cloud.inject({ action, mishap: { kind: 'access-denied' } });
      const [obstacle, ...more] = await stage.endpoint(SETTING).obstacles();
      expect([obstacle?.id, obstacle?.fix, more]).toEqual(['endpoint-unreadable', `allow what was denied, ${by}`, []]);
      expect(obstacle?.problem).toContain(`allow secretsmanager:${action} to the credentials that were used`);
    },
  );
});

describe('the password is nowhere', () => {
  const quoting = { code: 'ValidationException', message: `Value '${VALUE}' failed`, httpStatus: 400 };
  const faults: readonly Fault[] = [
    ...['GetSecretValue', 'PutSecretValue', 'DescribeSecret', 'StopReplicationToReplica'].flatMap((action): Fault[] =>
      [
        { kind: 'throttle' as const },
        { kind: 'access-denied' as const },
        { kind: 'timeout' as const, effect: 'after' as const, seconds: 1 },
        { kind: 'error' as const, ...quoting },
        { kind: 'error' as const, ...quoting, httpStatus: 500 },
      ].map((mishap) => ({ action, mishap, times: 3 })),
    ),
  ];

  test.each(faults)('$action, $mishap', async (fault) => {
    stage.cloud.inject(fault);
    const told: unknown[] = [];
    for (const id of [NAME, 'copied', 'text']) {
      const endpoint = stage.endpoint(named(id));
      told.push(await endpoint.obstacles(), endpoint);
      told.push(await problemOf(endpoint.read().then((text) => told.push(text))));
      for (const procedure of [endpoint.point(TO_NEW), endpoint.goBack(`${OLD}:5432`)]) {
        told.push(procedure, await problemOf(driven(stage, procedure).then((story) => told.push(story))));
      }
    }
    expect(told.length).toBeGreaterThan(20);
    expect(inFull(told)).not.toContain('hunter2');
    expect(inFull(told)).toContain(OLD);
  });

  test('a refusal whose words are left out still tells what was refused', async () => {
    stage.cloud.inject({ action: 'PutSecretValue', mishap: { kind: 'error', ...quoting } });
    const { lines } = await driven(stage, stage.endpoint(SETTING).point(TO_NEW));
    expect(lines).toEqual([
      WRITING,
      `refused: secretsmanager:PutSecretValue of ${NAME} in ${REGION} was refused: it had no effect, and would be refused again ` +
        `(ValidationException: its words are left out, since they may tell the secret; HTTP 400, ${REQUEST}4)`,
    ]);
  });
});

/** All that there is to see of values, the parts of errors that are not printed by themselves included. */
function inFull(value: unknown): string {
  return inspect(value, { depth: Infinity, showHidden: true, breakLength: Infinity, maxStringLength: null });
}
