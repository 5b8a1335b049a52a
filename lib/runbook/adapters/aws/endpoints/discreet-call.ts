import { boundedCall, type SendOptions } from '../bounded-call';
import type { CallSubject } from '../translate-error';
import { ENDPOINT_BOUNDS } from './endpoint-clients';

/** Refusals whose words are of names alone, and tell what to do. */
const HARMLESS: ReadonlySet<string> = new Set([
  ...['AccessDeniedException', 'ResourceNotFoundException', 'DecryptionFailure', 'EncryptionFailure'],
  ...['InvalidRequestException', 'ThrottlingException', 'LimitExceededException', 'ResourceExistsException'],
  ...['TimeoutError', 'AbortError', 'CredentialsProviderError'],
]);

/**
 * A call with a secret in it, or in its answer. Other errors keep their names and lose their words: a refusal may quote the value
 * that it refuses, and a parser quotes the answer that it could not read.
 *
 * @throws AwsCallError
 */
export function discreetCall<T>(subject: CallSubject, send: (options: SendOptions) => Promise<T>): Promise<T> {
  const discreet = async (options: SendOptions): Promise<T> => {
    try {
      return await send(options);
    } catch (error) {
      throw withoutWords(error);
    }
  };
  return boundedCall(subject, discreet, ENDPOINT_BOUNDS);
}

function withoutWords(error: unknown): unknown {
  const { name, code, $fault, $metadata, message } = error as Readonly<Record<string, unknown>>;
  if (HARMLESS.has(String(name)) || isOfNetwork(String(message), code)) return error;
  // An answer that cannot be read came from the service: the call may have had its effect. A defect stays one.
  const isAnswer = $fault !== undefined || $metadata !== undefined;
  const facts = isAnswer ? { $fault: $fault ?? 'server', $metadata } : {};
  return Object.assign(new Error('its words are left out, since they may tell the secret'), { name, ...facts });
}

/** What the network says has a code or, from another realm, begins with the SDK's own words. */
function isOfNetwork(message: string, code: unknown): boolean {
  return typeof code === 'string' || /^AWS SDK error wrapper for \w+: (\w+ E[A-Z_]+\b|$)/.test(message);
}
