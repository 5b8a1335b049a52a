import { googlePorts } from '../adapters/gcp';
import { googleAnswering } from './google-answering';
import { googleWatching } from './google-watching';

/** Does everything that the runbook can be asked. */
export const answer = googleAnswering({ portsOf: googlePorts });

/** Every minute. */
export const watch = googleWatching({ portsOf: googlePorts });
