import { UnderstudyError } from '../../../topology';
import type { RestClient } from './rest/rest-client';

/** The newest version of a secret, as a text. What it says is in no error. @throws GoogleCallError */
export async function secretText(
  { rest, project }: { readonly rest: RestClient; readonly project: string },
  secret: string,
): Promise<string> {
  const { payload } = await rest.call<{ readonly payload?: { readonly data?: string } }>({
    ...{ method: 'secretmanager.versions.access', resource: secret, verb: 'GET' },
    path: `/v1/projects/${project}/secrets/${encodeURIComponent(secret)}/versions/latest:access`,
  });
  if (payload?.data !== undefined) return Buffer.from(payload.data, 'base64').toString('utf8');
  throw new UnderstudyError('secret-empty', `the secret ${secret} has no value; allowed: JSON; fix: write it so`);
}
