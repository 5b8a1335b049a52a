import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { clientSettings } from '../../../../../lib/runbook/adapters/aws';
import { isUnderstudyError } from '../../../../../lib/topology';
import { discreetCall } from '../../../../../lib/runbook/adapters/aws/endpoints/discreet-call';
import { problemOf } from './_helpers/endpoint-stage';

const SUBJECT = { service: 'secretsmanager', action: 'GetSecretValue', region: 'eu-west-1', resource: 'orders' };

/** The real client against a service that answers so. */
async function answered(status: number, body: string): Promise<unknown> {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': '1' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'any' };
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new SecretsManagerClient({ ...clientSettings('change'), region: 'eu-west-1', endpoint, credentials });
  try {
    return await problemOf(
      discreetCall(SUBJECT, (options) => client.send(new GetSecretValueCommand({ SecretId: 'a' }), options)),
    );
  } finally {
    client.destroy();
    server.close();
  }
}

test.each([
  ['cut off', '{"SecretString":"{\\"password\\":\\"hunter2'],
  ['no JSON', 'hunter2 is the password'],
])('an answer that is %s is not quoted', async (_, body) => {
  const problem = await answered(200, body);
  expect(inspect(problem, { depth: Infinity, showHidden: true })).not.toContain('hunter2');
  expect(problem).toMatchObject({
    ...{ code: 'aws-unclear', family: 'unknown' },
    message: expect.stringMatching(
      /^secretsmanager:GetSecretValue of orders in eu-west-1 was not answered as it should be \(\w+: its words are left out, since they may tell the secret; HTTP 200/,
    ) as string,
  });
});

test('a defect stays one, and loses its words too', async () => {
  const defect = new TypeError('x is not a function');
  const thrown: unknown = await discreetCall(SUBJECT, () => Promise.reject(defect)).catch((error: unknown) => error);
  expect(thrown).toMatchObject({
    name: 'TypeError',
    message: 'its words are left out, since they may tell the secret',
  });
  expect(isUnderstudyError(thrown)).toBe(false);
});
