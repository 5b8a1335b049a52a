import type { MemberId, Topology } from '../../../../topology';
import type { Clock, Fleet, FleetSighting, Procedure, Promotion } from '../../../execution/ports';
import { USUAL_BOUNDS, type Bounds } from '../client-settings';
import { fencing } from './fence';
import type { FleetClients } from './fleet-clients';
import { freezing } from './freeze';
import { LagSamples } from './lag-samples';
import { look } from './look';
import { promoting } from './promote';
import { RdsGateway } from './rds-gateway';
import { rebuilding } from './rebuild';
import { restoring } from './restore';
import type { Scene } from './scene';
import { unfencing } from './unfence';
import { unfreezing } from './unfreeze';

export interface AwsFleetOptions {
  readonly clients: FleetClients;
  readonly clock: Clock;
  /** Of every call, whatever its client allows. @default 2 s to connect, 10 s in all */
  readonly bounds?: Bounds;
}

/** RDS instances. It keeps nothing: what was done is seen in RDS itself, on tags, and in what the journal says was attempted. */
export class AwsFleet implements Fleet {
  readonly #rds: RdsGateway;
  readonly #samples: LagSamples;
  readonly #clock: Clock;

  constructor({ clients, clock, bounds = USUAL_BOUNDS }: AwsFleetOptions) {
    this.#rds = new RdsGateway(clients, bounds);
    this.#samples = new LagSamples(clients, bounds);
    this.#clock = clock;
  }

  look(topology: Topology): Promise<FleetSighting> {
    return look({ rds: this.#rds, samples: this.#samples, clock: this.#clock }, topology);
  }

  freeze(topology: Topology): Procedure {
    return freezing(this.#scene(topology));
  }

  unfreeze(topology: Topology, member: MemberId): Procedure {
    return unfreezing(this.#scene(topology), member);
  }

  fence(topology: Topology): Procedure {
    return fencing(this.#scene(topology));
  }

  unfence(topology: Topology, member: MemberId): Procedure {
    return unfencing(this.#scene(topology), member);
  }

  promote(topology: Topology, target: MemberId): Procedure {
    return promoting(this.#scene(topology), target);
  }

  restore(topology: Topology, target: MemberId): Procedure {
    return restoring(this.#scene(topology), target);
  }

  rebuild(topology: Topology, target: MemberId, how: Promotion): Procedure {
    return rebuilding(this.#scene(topology), target, how);
  }

  #scene(topology: Topology): Scene {
    return { topology, rds: this.#rds, clock: this.#clock };
  }
}
