import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NamesToMake } from '../../../lib/runbook/adapters/aws';
import { makingNames, type ResourceRequest } from '../../../lib/runbook/handlers/making-names';
import { UnderstudyError } from '../../../lib/topology';

interface Put {
  readonly method?: string;
  readonly type?: string;
  readonly body: unknown;
}

let server: Server;
let puts: Put[];
let statuses: number[];

beforeEach(async () => {
  puts = [];
  statuses = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      puts.push({ method: request.method, type: request.headers['content-type'], body: JSON.parse(text) });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await new Promise((done) => server.close(done));
});

function request(RequestType: ResourceRequest['RequestType']): ResourceRequest {
  const { port } = server.address() as AddressInfo;
  return {
    RequestType,
    ResponseURL: `http://127.0.0.1:${port}/answer?signature=1`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Names',
    ResourceProperties: {
      Endpoints: '[{"kind":"parameter","role":"writer","name":"/a"}]',
      Writer: { Identifier: 'orders-ada', Region: 'us-east-1' },
      Reader: { Identifier: 'orders-bab', Region: 'eu-west-1' },
    },
  };
}

const ANSWER = {
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Names',
  PhysicalResourceId: 'understudy-Names',
};

function answers(more: object): readonly Put[] {
  return [{ method: 'PUT', type: '', body: { ...ANSWER, ...more } }];
}

it.each(['Create', 'Update'] as const)(
  '%s: makes what is not there, and says so under the same id for ever',
  async (type) => {
    const asked: NamesToMake[] = [];
    await makingNames((names) => Promise.resolve(void asked.push(names)).then(() => []))(request(type));
    expect(asked).toStrictEqual([
      {
        endpoints: [{ kind: 'parameter', role: 'writer', name: '/a' }],
        writer: { identifier: 'orders-ada', region: 'us-east-1' },
        reader: { identifier: 'orders-bab', region: 'eu-west-1' },
      },
    ]);
    expect(puts).toStrictEqual(answers({ Status: 'SUCCESS' }));
  },
);

it('Delete: leaves every name where it is', async () => {
  const make = jest.fn();
  await makingNames(make)(request('Delete'));
  expect(make).not.toHaveBeenCalled();
  expect(puts).toStrictEqual(answers({ Status: 'SUCCESS' }));
});

it('tells the deployment why it failed', async () => {
  await makingNames(() => Promise.reject(new UnderstudyError('no-address', 'RDS knows no address')))(request('Create'));
  expect(puts).toStrictEqual(answers({ Status: 'FAILED', Reason: 'RDS knows no address' }));
});

it('answers also after a defect: CloudFormation would wait an hour', async () => {
  await makingNames(() => Promise.reject(new TypeError('x is undefined')))(request('Create'));
  expect(puts).toStrictEqual(answers({ Status: 'FAILED', Reason: 'a defect: TypeError: x is undefined' }));
});

it('answers again when the answer is not taken', async () => {
  statuses = [503, 500];
  await makingNames(() => Promise.resolve([]))(request('Create'));
  expect(puts).toHaveLength(3);
});

it('fails when it is never taken', async () => {
  statuses = [503, 503, 503, 503, 503, 503];
  await expect(makingNames(() => Promise.resolve([]))(request('Delete'))).rejects.toMatchObject({
    code: 'answer-not-taken',
    message:
      'CloudFormation does not take the answer; allowed: its own address, for an hour; fix: see whether this function has a way out',
  });
  expect(puts.map(({ body }) => (body as { Status: string }).Status)).toStrictEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
});
