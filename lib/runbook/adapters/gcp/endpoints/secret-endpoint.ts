import { isUnderstudyError, UnderstudyError } from '../../../../topology';
import type { GoogleEndpointSetting } from '../../../contract';
import type { Obstacle } from '../../../decision';
import type { Address, Destination, EndpointRole, Procedure } from '../../../execution/ports';
import { addressIn, addressText, obstacleOf, Pointing, SecretValue, unreadable } from '../../endpoints';
import { GoogleCallError, isGoogleCallError } from '../google-call-error';
import { secretText } from '../secret-text';
import { DENIED, type EndpointSurroundings, type GoogleEndpoint } from './google-endpoint';

type Setting = Extract<GoogleEndpointSetting, { kind: 'secret' }>;

/** A secret of Secret Manager whose JSON has `host` and `port` beside user and password. Each writing is a new version. */
export class SecretEndpoint implements GoogleEndpoint {
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
    return addressText((await this.#value()).address);
  }

  point({ address }: Destination): Procedure {
    return this.goBack(addressText(address));
  }

  goBack(to: string): Procedure {
    return new Pointing({
      ...{ clock: this.#around.clock, id: this.id, wanted: to },
      read: () => this.read(),
      write: () => this.#write(addressIn(to)),
    });
  }

  obstacles(): Promise<readonly Obstacle[]> {
    return obstacleOf(this.id, () => this.read(), {
      denied: DENIED,
      missing: `put JSON with host and port into the secret ${this.#secret}`,
    });
  }

  async #value(): Promise<SecretValue> {
    const value = SecretValue.parse(await secretText(this.#around, this.#secret));
    if (value !== undefined) return value;
    throw unreadable(this.id, 'has a value that is not allowed', 'allowed is a JSON object with host and port');
  }

  /**
   * Reads once more, and writes at once: no version can be added only if nothing changed since, so a password that is rotated in
   * this very moment would be taken back.
   */
  async #write(to: Address): Promise<void> {
    const { rest, project } = this.#around;
    const data = Buffer.from((await this.#value()).pointedTo(to)).toString('base64');
    try {
      await rest.call({
        ...{ method: 'secretmanager.versions.add', resource: this.#secret, verb: 'POST' },
        path: `/v1/projects/${project}/secrets/${encodeURIComponent(this.#secret)}:addVersion`,
        body: { payload: { data } },
      });
    } catch (error) {
      throw withoutWords(error, this.id);
    }
  }
}

/** What refuses a value may quote it. */
function withoutWords(error: unknown, id: string): unknown {
  if (!isUnderstudyError(error)) return error;
  const { code, family } = error;
  const message = `${id} could not be written (${code}); its words are left out, since they may tell the secret`;
  if (!isGoogleCallError(error)) return new UnderstudyError(code, message, { family });
  const { httpStatus, reason } = error;
  return new GoogleCallError(error.code, message, { reason, ...(httpStatus === undefined ? {} : { httpStatus }) });
}
