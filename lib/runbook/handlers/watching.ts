import { watch, type Watched } from '../execution';
import { log, namingErrors, workplace, type PortsOf } from './invocation';

/** A Lambda function that remembers when the members were last alive; whatever invokes it. */
export function watching(
  portsOf: PortsOf,
  env: Readonly<Record<string, string | undefined>> = process.env,
): () => Promise<Watched> {
  const place = workplace(portsOf, env);
  return () =>
    namingErrors(async () => {
      const { ports, topology } = place();
      const watched = await watch(ports, topology);
      log({ what: 'watch', ...watched });
      return watched;
    });
}
