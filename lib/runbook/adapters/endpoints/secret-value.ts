import type { Address } from '../../execution/ports';

/** The JSON of a secret. It is never told: only where it points is. */
export class SecretValue {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly address: Address;

  private constructor(fields: Readonly<Record<string, unknown>>, address: Address) {
    this.#fields = fields;
    this.address = address;
  }

  /** @returns undefined if it is no JSON object with host and port */
  static parse(text: string | undefined): SecretValue | undefined {
    const fields = parsed(text);
    const { host, port } = fields ?? {};
    const number = typeof port === 'string' ? Number(port) : port;
    const isPort = typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 65_536;
    if (fields === undefined || typeof host !== 'string' || host === '' || !isPort) return undefined;
    return new SecretValue(fields, { host, port: number });
  }

  /** The JSON with another address; all other fields are as they were, in their order. */
  pointedTo({ host, port }: Address): string {
    const { port: before, dbInstanceIdentifier } = this.#fields;
    const instance = dbInstanceIdentifier === undefined ? undefined : instanceOf(host);
    return JSON.stringify({
      ...this.#fields,
      host,
      port: typeof before === 'string' ? String(port) : port,
      ...(instance === undefined ? {} : { dbInstanceIdentifier: instance }),
    });
  }
}

/** `host:port`, which says all that the secret may. */
export const addressText = ({ host, port }: Address): string => `${host}:${port}`;

export function addressIn(text: string): Address {
  const at = text.lastIndexOf(':');
  return { host: text.slice(0, at), port: Number(text.slice(at + 1)) };
}

/** The address of an instance of RDS begins with its identifier; what any other says is not known. */
function instanceOf(host: string): string | undefined {
  return /\.rds\.amazonaws\.com(\.cn)?$/.test(host) ? host.split('.')[0] : undefined;
}

/** The parser's own error is not kept: it quotes what it could not read. */
function parsed(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
