import type { Topology } from '../../../../topology';
import type { Clock } from '../../../execution/ports';
import type { SqlAdmin } from './sql-admin';

/** What every procedure works with. */
export interface Scene {
  readonly topology: Topology;
  readonly sql: SqlAdmin;
  readonly clock: Clock;
}
