import { awsPorts } from '../adapters/aws';
import { MODES } from '../contract';
import { answering } from './answering';

/** Does everything that the runbook can be asked. */
export const handler = answering({ modes: MODES, portsOf: awsPorts });
