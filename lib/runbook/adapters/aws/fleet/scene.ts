import type { Topology } from '../../../../topology';
import type { Clock } from '../../../execution/ports';
import type { RdsGateway } from './rds-gateway';

/** What every procedure works with. */
export interface Scene {
  readonly topology: Topology;
  readonly rds: RdsGateway;
  readonly clock: Clock;
}
