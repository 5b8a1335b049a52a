import { UnderstudyError, type Topology } from '../../../../topology';
import type { Place } from '../fleet/place';

/** Where the cluster is whose servers are the members. */
export function enclosingPlace({ within, name }: Topology): Place {
  if (within !== undefined) return within;
  throw new UnderstudyError('no-cluster', `the members of ${name} are no servers of one cluster`);
}
