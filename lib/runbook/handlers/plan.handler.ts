import { awsPorts } from '../adapters/aws';
import { answering } from './answering';

/** Looks: its role may change nothing. */
export const handler = answering({ modes: ['plan', 'status'], portsOf: awsPorts });
