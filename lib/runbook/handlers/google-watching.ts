import { watch } from '../execution';
import {
  googleWorkplace,
  overHttp,
  type GoogleWorkplaceOptions,
  type HttpRequest,
  type HttpResponse,
} from './google-workplace';
import { log } from './invocation';

/** A Cloud Run function that remembers when the members were last alive; whatever invokes it. */
export function googleWatching(options: GoogleWorkplaceOptions) {
  const place = googleWorkplace(options);
  return (_: HttpRequest, response: HttpResponse): Promise<void> =>
    overHttp(response, async () => {
      const { ports, topology } = place();
      const watched = await watch(ports, topology);
      log({ what: 'watch', ...watched });
      return watched;
    });
}
