import { GoogleAuth } from 'google-auth-library';

/** Who calls, as a bearer token. */
export type TokenSource = () => Promise<string>;

/** Who calls, to one audience alone: what a function asks for. */
export type IdentitySource = (audience: string) => Promise<string>;

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** A token is of no project. Without the name of one the library asks for it, gcloud for example, which takes a second. */
const projectId = 'none';

/**
 * Application Default Credentials: the service account of a function, or whom an operator is signed in as. The library keeps a
 * token as long as it is good.
 */
export function applicationDefault(): TokenSource {
  const auth = new GoogleAuth({ scopes: [SCOPE], projectId });
  return async () => (await auth.getAccessToken()) ?? '';
}

/**
 * The same person or account, as an identity token. [?] Of a person who has signed in the audience is Google's own; that a function
 * takes such a token as it takes that of `gcloud auth print-identity-token` was never tried live.
 */
export function defaultIdentity(): IdentitySource {
  const auth = new GoogleAuth({ projectId });
  return async (audience) => {
    const client = await auth.getIdTokenClient(audience);
    const headers = await client.getRequestHeaders();
    return (headers.get('authorization') ?? '').replace(/^Bearer /, '');
  };
}
