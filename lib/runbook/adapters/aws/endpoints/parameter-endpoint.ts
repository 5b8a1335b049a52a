import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { EndpointSetting } from '../../../contract';
import type { Obstacle } from '../../../decision';
import type { Destination, EndpointRole, Procedure } from '../../../execution/ports';
import { boundedCall, type SendOptions } from '../bounded-call';
import { isHostName, obstacleOf, Pointing, unreadable } from '../../endpoints';
import { repeatSafely } from '../repeat-safely';
import { DENIED, type AwsEndpoint, type EndpointSurroundings } from './aws-endpoint';
import { ENDPOINT_BOUNDS } from './endpoint-clients';

type Setting = Extract<EndpointSetting, { kind: 'parameter' }>;

/**
 * An SSM parameter whose value is a host name and nothing else.
 *
 * The port is not in it: all members of a topology have the same, and a host name alone is what a connection string, a container's
 * environment and a shell take as it is.
 */
export class ParameterEndpoint implements AwsEndpoint {
  readonly id: string;
  readonly role: EndpointRole;
  readonly #name: string;
  readonly #around: EndpointSurroundings;

  constructor({ name, role }: Setting, around: EndpointSurroundings) {
    this.id = `parameter:${name}`;
    this.role = role;
    this.#name = name;
    this.#around = around;
  }

  read(): Promise<string> {
    return repeatSafely({ ...this.#around, attempts: 2 }, () => this.#look());
  }

  point({ address }: Destination): Procedure {
    return this.goBack(address.host);
  }

  goBack(to: string): Procedure {
    const { clock } = this.#around;
    const { id } = this;
    return new Pointing({ clock, id, wanted: to, read: () => this.#look(), write: () => this.#write(to) });
  }

  obstacles(): Promise<readonly Obstacle[]> {
    const missing = `put a host name into the parameter ${this.#name}, as a String`;
    return obstacleOf(this.id, () => this.read(), { denied: DENIED, missing });
  }

  async #look(): Promise<string> {
    const { ssm } = this.#around.clients;
    const command = new GetParameterCommand({ Name: this.#name });
    const { Parameter: found } = await this.#call('GetParameter', (options) => ssm.send(command, options));
    const { Type: type, Value: value = '' } = found ?? {};
    // A SecureString that is overwritten without naming its key is encrypted with another one.
    if (type !== 'String') {
      throw unreadable(
        this.id,
        `is a ${type ?? 'parameter without a type'}; allowed is a String`,
        'a host name is no secret',
      );
    }
    if (isHostName(value)) return value;
    throw unreadable(this.id, 'has a value that is not allowed', 'allowed is a host name alone, without port or user');
  }

  async #write(Value: string): Promise<void> {
    const { ssm } = this.#around.clients;
    const command = new PutParameterCommand({ Name: this.#name, Value, Overwrite: true });
    await this.#call('PutParameter', (options) => ssm.send(command, options));
  }

  #call<T>(action: string, send: (options: SendOptions) => Promise<T>): Promise<T> {
    const { region } = this.#around;
    return boundedCall({ service: 'ssm', action, region, resource: this.#name }, send, ENDPOINT_BOUNDS);
  }
}
