import { randomBytes } from 'node:crypto';

/** Whom applications log in as: no superuser, as on RDS. */
export interface MasterUser {
  readonly username: string;
  readonly password: string;
  /** Which it owns. */
  readonly database: string;
}

export function masterUser(given: Partial<MasterUser> = {}): MasterUser {
  const { username = 'understudy', database = 'understudy' } = given;
  return { username, database, password: given.password ?? randomBytes(18).toString('base64url') };
}

/** As the value of the secret that RDS, or a DatabaseSecret of the CDK, keeps it in. */
export function secretOf(engine: string, { username, password, database }: MasterUser): string {
  return JSON.stringify({ engine, username, password, dbname: database });
}
