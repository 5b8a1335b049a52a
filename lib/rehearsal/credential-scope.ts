/** Who signed a request, and for which Region and service: all in the scope of a SigV4 signature. */
export interface CredentialScope {
  readonly caller: string;
  readonly region: string;
  readonly service: string;
}

const SCOPE = /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/\d{8}\/([^/,]+)\/([^/,]+)\/aws4_request,/;

/**
 * Reads the scope from an Authorization header. The signature itself is not checked: nobody outside this machine can call.
 *
 * @returns undefined if the request is not signed
 */
export function credentialScope(authorization: string | undefined): CredentialScope | undefined {
  const [, caller, region, service] = SCOPE.exec(authorization ?? '') ?? [];
  return caller && region && service ? { caller, region, service } : undefined;
}
