import { GoogleAuth } from 'google-auth-library';

/** Who calls, as a bearer token. */
export type TokenSource = () => Promise<string>;

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/**
 * Application Default Credentials: the service account of a function, or whom an operator is signed in as. The library keeps a
 * token as long as it is good.
 */
export function applicationDefault(): TokenSource {
  const auth = new GoogleAuth({ scopes: [SCOPE] });
  return async () => (await auth.getAccessToken()) ?? '';
}
