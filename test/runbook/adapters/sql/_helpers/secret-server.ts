import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { masterSecret } from '../../../../../lib/runbook/adapters/aws';
import type { MasterSecret } from '../../../../../lib/runbook/adapters/sql';

export const SECRET = 'understudy/orders/master';

/** What Secrets Manager answers: a value, a refusal by its name, or nothing at all. */
export type SecretAnswer = { readonly value: string } | { readonly refusal: string } | 'silence';

/** Secrets Manager so far as one secret goes: the real client talks to it. */
export class SecretServer {
  answer: SecretAnswer;
  reads = 0;
  readonly #server: Server;
  readonly #clients: SecretsManagerClient[] = [];

  private constructor(answer: SecretAnswer) {
    this.answer = answer;
    this.#server = createServer((_, response) => {
      this.reads += 1;
      if (this.answer === 'silence') return;
      const type = { 'content-type': 'application/x-amz-json-1.1' };
      if ('refusal' in this.answer) {
        response.writeHead(400, type).end(JSON.stringify({ __type: this.answer.refusal, message: 'no' }));
      } else {
        response.writeHead(200, type).end(JSON.stringify({ Name: SECRET, SecretString: this.answer.value }));
      }
    });
  }

  static async open(answer: SecretAnswer): Promise<SecretServer> {
    const server = new SecretServer(answer);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  /** What the probe is given. */
  get options(): MasterSecret {
    const { port } = this.#server.address() as AddressInfo;
    const client = new SecretsManagerClient({
      region: 'eu-west-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'operator', secretAccessKey: 'any' },
      maxAttempts: 1,
    });
    this.#clients.push(client);
    return masterSecret({ client, region: 'eu-west-1', secret: SECRET, bounds: { connect: 0.2, whole: 0.4 } });
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** A master secret as DatabaseSecret writes it. */
export function secretOf(username: string, password: string): SecretAnswer {
  return { value: JSON.stringify({ username, password }) };
}
