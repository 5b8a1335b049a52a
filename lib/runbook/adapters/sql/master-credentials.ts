import { isUnderstudyError, UnderstudyError } from '../../../topology';

/** Who logs in. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Undefined: the secret names no database. */
  readonly database?: string;
}

/** Where the master user's name and password are kept. Of the Region that is recovered in: nothing else is to be depended on. */
export interface MasterSecret {
  /** For a person. */
  readonly name: string;
  /** Its value; undefined: it has none that is a text. Bounded. @throws UnderstudyError when it cannot be read */
  read(): Promise<string | undefined>;
}

/** How long a failure to read counts: each question would wait for it otherwise. */
const FAILED_FOR = 30_000;

/**
 * The master user's name and password, read once, and again when a database refuses them: the secret may have been rotated.
 *
 * Nothing of the secret's value is in any error, and this object shows none of it when it is printed.
 */
export class MasterCredentials {
  readonly #secret: MasterSecret;
  #reading: Promise<Credentials> | undefined;
  #failedAt = 0;

  constructor(secret: MasterSecret) {
    this.#secret = secret;
  }

  /** @throws UnderstudyError when the secret cannot be read, or is none of a database */
  read(): Promise<Credentials> {
    if (this.#failedAt !== 0 && performance.now() - this.#failedAt > FAILED_FOR) this.#reading = undefined;
    this.#reading ??= this.#fetch();
    return this.#reading;
  }

  /** Reads again, unless somebody has since those were read. @throws as {@link read} */
  async readAgain(refused: Credentials): Promise<Credentials> {
    if ((await this.read()) === refused) this.#reading = this.#fetch();
    return this.read();
  }

  async #fetch(): Promise<Credentials> {
    this.#failedAt = 0;
    try {
      return credentialsIn(await this.#secret.read(), this.#secret.name);
    } catch (error) {
      if (isUnderstudyError(error)) this.#failedAt = performance.now();
      throw error;
    }
  }
}

function credentialsIn(text: string | undefined, secret: string): Credentials {
  const { username, password, dbname } = parsed(text);
  if (typeof username !== 'string' || username === '' || typeof password !== 'string' || password === '') {
    throw new UnderstudyError(
      'secret-malformed',
      `the value of the secret ${secret} is not that of a database. Allowed: JSON with username and password. Fix: write it so.`,
    );
  }
  return { username, password, ...(typeof dbname === 'string' && dbname !== '' ? { database: dbname } : {}) };
}

/** The parser's own error is dropped: it quotes what it could not read, and that may be the password. */
function parsed(text: string | undefined): { readonly [key in 'username' | 'password' | 'dbname']?: unknown } {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
