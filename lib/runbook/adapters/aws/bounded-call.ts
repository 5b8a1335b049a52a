import { USUAL_BOUNDS, type Bounds } from './client-settings';
import { translateError, type CallSubject } from './translate-error';

/** What `client.send` takes as its second argument. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/**
 * Makes one call, within its time, and tells what became of it if it fails.
 *
 * The time is the machine's: it is the network that is bounded, not the runbook's plans. A call that is given up may still have
 * its effect.
 *
 * @throws AwsCallError
 */
export async function boundedCall<T>(
  subject: CallSubject,
  send: (options: SendOptions) => Promise<T>,
  { whole }: Bounds = USUAL_BOUNDS,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // The SDK looks at the signal only while a request is out, not while it waits for credentials or before it repeats.
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      const late = { name: 'TimeoutError', message: `no answer within ${whole} s` };
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- translated below, as the SDK's own are
      reject(late);
    }, whole * 1000);
  });
  try {
    return await Promise.race([send({ abortSignal: controller.signal }), end]);
  } catch (error) {
    throw translateError(error, subject);
  } finally {
    clearTimeout(timer);
  }
}
