import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  StopReplicationToReplicaCommand,
} from '@aws-sdk/client-secrets-manager';
import { createHash } from 'node:crypto';
import type { EndpointSetting } from '../../../contract';
import type { Obstacle } from '../../../decision';
import type { Address, Attempt, Destination, EndpointRole, Procedure, Step } from '../../../execution/ports';
import { addressIn, addressText, obstacleOf, Pointing, SecretValue, unreadable } from '../../endpoints';
import { repeatSafely } from '../repeat-safely';
import { DENIED, type AwsEndpoint, type EndpointSurroundings } from './aws-endpoint';
import { discreetCall } from './discreet-call';

type Setting = Extract<EndpointSetting, { kind: 'secret' }>;

const DETACH = 'stop-replication';

/** One version of a secret, as it was read. */
interface Version {
  readonly arn: string;
  readonly id: string;
  readonly value: SecretValue;
}

/**
 * A secret whose JSON has `host` and `port` beside user and password, as RDS and the CDK write it.
 *
 * A secret that is a copy of one in another Region cannot be written: it is detached first, and is one of its own from then on.
 */
export class SecretEndpoint implements AwsEndpoint {
  readonly id: string;
  readonly role: EndpointRole;
  readonly #secret: string;
  readonly #around: EndpointSurroundings;

  constructor({ id, role }: Setting, around: EndpointSurroundings) {
    this.id = `secret:${id}`;
    this.role = role;
    this.#secret = id;
    this.#around = around;
  }

  async read(): Promise<string> {
    return repeatSafely({ ...this.#around, attempts: 2 }, () => this.#says());
  }

  point({ address }: Destination): Procedure {
    return this.goBack(addressText(address));
  }

  goBack(to: string): Procedure {
    const { clock } = this.#around;
    return new Pointing({
      ...{ clock, id: this.id, wanted: to },
      read: () => this.#says(),
      before: (attempts) => this.#detaching(attempts),
      write: (written) => this.#write(addressIn(to), written),
    });
  }

  async obstacles(): Promise<readonly Obstacle[]> {
    let original: string | undefined;
    const look = async (): Promise<void> => {
      await this.read();
      original = await repeatSafely({ ...this.#around, attempts: 2 }, () => this.#original());
    };
    const missing = `put JSON with host and port into the secret ${this.#secret}`;
    const found = await obstacleOf(this.id, look, { denied: DENIED, missing });
    if (original === undefined) return found;
    return [
      {
        ...{ id: 'secret-detached', severity: 'warn', acceptance: 'none' },
        problem: `${this.id} is a copy of a secret in ${original}: to point it elsewhere, it is detached for good`,
        fix: 'a password that is changed there afterwards does not come here: change it here; to copy again, make this one the original',
      },
    ];
  }

  async #says(): Promise<string> {
    return addressText((await this.#version()).value.address);
  }

  async #version(): Promise<Version> {
    const { secretsManager } = this.#around.clients;
    const command = new GetSecretValueCommand({ SecretId: this.#secret });
    const found = await this.#call('GetSecretValue', (options) => secretsManager.send(command, options));
    const value = SecretValue.parse(found.SecretString);
    if (value) return { arn: found.ARN ?? '', id: found.VersionId ?? '', value };
    throw unreadable(this.id, 'has a value that is not allowed', 'allowed is a JSON object with host and port');
  }

  /** The Region of the secret that this one is a copy of; undefined if it is none. [I] Never tried live. */
  async #original(): Promise<string | undefined> {
    const { secretsManager } = this.#around.clients;
    const command = new DescribeSecretCommand({ SecretId: this.#secret });
    const { PrimaryRegion: home } = await this.#call('DescribeSecret', (options) =>
      secretsManager.send(command, options),
    );
    return home === this.#around.region ? undefined : home;
  }

  async #detaching(attempts: readonly Attempt[]): Promise<Step | undefined> {
    const original = await this.#original();
    if (original === undefined) return undefined;
    const last = attempts.findLast(({ step }) => step === DETACH);
    // How soon the API says that it is detached is not known.
    if (last?.outcome === 'done' && this.#around.clock.now() < last.at + 30) {
      return { kind: 'wait', title: `${this.id} is no copy any more`, seconds: 2 };
    }
    const { secretsManager } = this.#around.clients;
    const command = new StopReplicationToReplicaCommand({ SecretId: this.#secret });
    return {
      ...{ kind: 'do', id: DETACH },
      title: `detach ${this.id} from its original in ${original}: it is a secret of its own from then on`,
      call: async () => {
        await this.#call('StopReplicationToReplica', (options) => secretsManager.send(command, options));
      },
    };
  }

  /**
   * Reads once more, and writes at once: nobody can write only if nothing changed since, so a password that is rotated in this
   * very moment would be taken back.
   */
  async #write(to: Address, written: number): Promise<void> {
    const { secretsManager } = this.#around.clients;
    const { arn, id, value } = await this.#version();
    const command = new PutSecretValueCommand({
      SecretId: this.#secret,
      SecretString: value.pointedTo(to),
      // Of the version that it is made from, and not of the value, which could be guessed by it. The same call again is the same
      // version; after one that succeeded and was undone by somebody, it is another.
      ClientRequestToken: hash([arn, id, addressText(to), written]),
    });
    await this.#call('PutSecretValue', (options) => secretsManager.send(command, options));
  }

  #call<T>(action: string, send: Parameters<typeof discreetCall<T>>[1]): Promise<T> {
    const { region } = this.#around;
    return discreetCall({ service: 'secretsmanager', action, region, resource: this.#secret }, send);
  }
}

const hash = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
