import type { EndpointSetting } from '../../../../../lib/runbook/contract';
import type { Mishap } from '../../../../../lib/rehearsal';
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

const NAME = '/understudy/orders/writer';
const SETTING: EndpointSetting = { kind: 'parameter', role: 'writer', name: NAME };
const ID = `parameter:${NAME}`;
const WRITING = `do: make ${ID} say ${NEW}, not ${OLD}`;
const DONE = `done: ${ID} says ${NEW}`;
const REQUEST = 'request 00000000-0000-4000-8000-00000000000';

let stage: EndpointStage;
beforeEach(async () => {
  stage = await endpointStage({
    parameters: [
      { region: REGION, name: NAME, value: OLD },
      { region: REGION, name: '/hidden', value: OLD, type: 'SecureString' },
      { region: REGION, name: '/url', value: 'postgres://app:hunter2@db:5432' },
    ],
  });
});
afterEach(() => stage.end());

const says = (): string | undefined => stage.cloud.parameters.value(REGION, NAME);

test('has a literal id, a role, and a host name alone', async () => {
  const endpoint = stage.endpoint(SETTING);
  expect([endpoint.id, endpoint.role, await endpoint.read()]).toEqual([ID, 'writer', OLD]);
});

test('points, and goes back', async () => {
  const endpoint = stage.endpoint(SETTING);
  const before = await endpoint.read();
  expect((await driven(stage, endpoint.point(TO_NEW))).lines).toEqual([WRITING, DONE]);
  expect(says()).toBe(NEW);
  expect((await driven(stage, endpoint.goBack(before))).lines).toEqual([
    `do: make ${ID} say ${OLD}, not ${NEW}`,
    `done: ${ID} says ${OLD}`,
  ]);
  expect(says()).toBe(OLD);
});

test('that says so already is not written', async () => {
  expect((await driven(stage, stage.endpoint(SETTING).goBack(OLD))).lines).toEqual([`done: ${ID} says ${OLD}`]);
  expect(stage.cloud.mutations).toEqual([]);
});

test('left after a call whose answer nobody saw, it is looked at first', async () => {
  const { attempts } = await driven(stage, stage.endpoint(SETTING).point(TO_NEW), { most: 1 });
  const left = attempts.map((attempt) => ({ ...attempt, outcome: 'asked' as const }));
  expect((await driven(stage, stage.endpoint(SETTING).point(TO_NEW), { attempts: left })).lines).toEqual([DONE]);
  expect(stage.cloud.mutations).toHaveLength(1);
});

test.each<readonly [string, Mishap, readonly string[]]>([
  ['throttled', { kind: 'throttle' }, ['not-taken', 'was throttled: it had no effect', 'again']],
  ['lost before', { kind: 'timeout', effect: 'before', seconds: 1 }, ['unclear', 'was not answered', 'again']],
  ['lost after', { kind: 'timeout', effect: 'after', seconds: 1 }, ['unclear', 'was not answered']],
  [
    '5xx',
    { kind: 'error', code: 'InternalServerError', message: 'No', httpStatus: 500 },
    ['unclear', 'was not', 'again'],
  ],
])('a writing that is %s', async (_, mishap, [outcome = '', words = '', again]) => {
  stage.cloud.inject({ action: 'PutParameter', mishap });
  const { lines } = await driven(stage, stage.endpoint(SETTING).point(TO_NEW));
  expect(lines[1]?.startsWith(`${outcome}: ssm:PutParameter of ${NAME} in ${REGION} ${words}`)).toBe(true);
  expect([lines[0], ...lines.slice(2)]).toEqual([WRITING, ...(again === undefined ? [] : [WRITING]), DONE]);
});

test('a writing that is denied is refused', async () => {
  stage.cloud.inject({ action: 'PutParameter', mishap: { kind: 'access-denied' } });
  const { lines } = await driven(stage, stage.endpoint(SETTING).point(TO_NEW));
  expect(lines).toEqual([
    WRITING,
    `refused: ssm:PutParameter of ${NAME} in ${REGION} was denied: it had no effect; allow ssm:PutParameter to the ` +
      'credentials that were used, or use others (AccessDeniedException: User: arn:aws:iam::123456789012:user/operator is ' +
      `not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:${REGION}:123456789012:parameter${NAME} ` +
      `because no identity-based policy allows the ssm:PutParameter action; HTTP 400, ${REQUEST}2)`,
  ]);
});

test('that somebody else writes, too, is left to a person', async () => {
  const procedure = stage.endpoint(SETTING).point(TO_NEW);
  const undoing = {
    ...stage.clock,
    wait: (seconds: number): Promise<void> => stage.clock.wait(seconds),
  };
  const story = await driven(
    { clock: undoing },
    {
      next: (attempts) => {
        stage.cloud.parameters.put(REGION, { name: NAME, value: OLD, type: 'String', overwrite: true });
        return procedure.next(attempts);
      },
    },
  );
  const waits = Array.from({ length: 5 }, () => `wait: ${ID} says ${NEW}`);
  expect(story.lines).toEqual([
    ...[WRITING, ...waits, WRITING, ...waits, WRITING, ...waits],
    `stuck: ${ID} was written 3 times and says ${OLD}, not ${NEW}: somebody else writes it, too; stop that, and write it by hand`,
  ]);
});

test('a reading that is throttled once is made again; more often, it is told', async () => {
  stage.cloud.inject({ action: 'GetParameter', mishap: { kind: 'throttle' } });
  expect(await stage.endpoint(SETTING).read()).toBe(OLD);
  stage.cloud.inject({ action: 'GetParameter', mishap: { kind: 'throttle' }, times: 2 });
  expect(await problemOf(stage.endpoint(SETTING).read())).toMatchObject({ code: 'aws-throttled', family: 'retryable' });
});

describe('obstacles', () => {
  test('none, when all is well', async () => {
    expect(await stage.endpoint(SETTING).obstacles()).toEqual([]);
  });

  const by = 'or move it by hand after the promotion and name endpoint-unreadable in override';
  test.each([
    [
      '/nowhere',
      'parameter:/nowhere cannot be read: ssm:GetParameter of /nowhere in eu-west-1 was refused: it had no effect, and would ' +
        `be refused again (ParameterNotFound: UnknownError; HTTP 400, ${REQUEST}1)`,
    ],
    ['/hidden', 'parameter:/hidden is a SecureString; allowed is a String; a host name is no secret'],
    ['/url', 'parameter:/url has a value that is not allowed; allowed is a host name alone, without port or user'],
  ])('%s blocks, and can be overridden', async (name, problem) => {
    expect(await stage.endpoint({ ...SETTING, name }).obstacles()).toEqual([
      {
        ...{ id: 'endpoint-unreadable', severity: 'block', acceptance: 'override', problem },
        fix: `put a host name into the parameter ${name}, as a String, ${by}`,
      },
    ]);
  });

  test('a denial blocks, and says what to allow', async () => {
    stage.cloud.inject({ mishap: { kind: 'access-denied' } });
    expect(await stage.endpoint(SETTING).obstacles()).toEqual([
      {
        ...{ id: 'endpoint-unreadable', severity: 'block', acceptance: 'override' },
        problem:
          `${ID} cannot be read: ssm:GetParameter of ${NAME} in ${REGION} was denied: it had no effect; allow ` +
          'ssm:GetParameter to the credentials that were used, or use others (AccessDeniedException: User: ' +
          'arn:aws:iam::123456789012:user/operator is not authorized to perform: ssm:GetParameter on resource: ' +
          `arn:aws:ssm:${REGION}:123456789012:parameter${NAME} because no identity-based policy allows the ` +
          `ssm:GetParameter action; HTTP 400, ${REQUEST}1)`,
        fix: `allow what was denied, ${by}`,
      },
    ]);
  });

  test('silence only warns: nobody waits for it', async () => {
    stage.cloud.inject({ mishap: { kind: 'throttle' }, times: 2 });
    expect(await stage.endpoint(SETTING).obstacles()).toEqual([
      {
        ...{ id: 'endpoint-silent', severity: 'warn', acceptance: 'none' },
        problem:
          `${ID} cannot be read: ssm:GetParameter of ${NAME} in ${REGION} was throttled: it had no effect, and may be made ` +
          `again (ThrottlingException: Rate exceeded; HTTP 400, ${REQUEST}2)`,
        fix: 'try again; the run goes on without it, and ends DEGRADED if it cannot be written then',
      },
    ]);
  });
});
