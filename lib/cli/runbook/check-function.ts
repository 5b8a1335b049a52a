import type { HostRequest } from '../operator';
import { UsageError } from '../usage-error';

/** Of AWS functions have names; on Google Cloud addresses as well: without TLS only on this machine, where a proxy may listen. */
export function checkFunction({ functionName, project }: Pick<HostRequest, 'functionName' | 'project'>): void {
  if (functionName === undefined || !/^https?:/.test(functionName)) return;
  if (project === undefined) {
    throw new UsageError(`--function is ${functionName}`, 'allowed: the name of a function of AWS Lambda', 'name it');
  }
  const url = URL.canParse(functionName) ? new URL(functionName) : undefined;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '');
  if (url !== undefined && (url.protocol === 'https:' || isHere)) return;
  const allowed = 'allowed: a name, an address that begins with https, or one of this machine';
  throw new UsageError(`--function is ${functionName}`, allowed, 'correct it');
}
