import { awsPorts } from '../adapters/aws';
import { watching } from './watching';

/** Every minute. */
export const handler = watching(awsPorts);
