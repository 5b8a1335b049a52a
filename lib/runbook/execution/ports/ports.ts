import type { Clock } from './clock';
import type { DatabaseProbe } from './database-probe';
import type { Endpoints } from './endpoints';
import type { Fleet } from './fleet';
import type { History } from './history';
import type { Ledger } from './ledger';
import type { Notifier } from './notifier';

/** Everything that a run touches. */
export interface Ports {
  readonly clock: Clock;
  readonly fleet: Fleet;
  readonly probe: DatabaseProbe;
  readonly endpoints: Endpoints;
  readonly ledger: Ledger;
  readonly history: History;
  readonly notifier: Notifier;
}
