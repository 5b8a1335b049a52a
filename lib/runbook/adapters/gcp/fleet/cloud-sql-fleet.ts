import type { MemberId, Topology } from '../../../../topology';
import type { Clock, CloudFence, Fleet, FleetSighting, Procedure, Promotion } from '../../../execution/ports';
import type { RestClient } from '../rest/rest-client';
import { fencing, unfencing } from './fence';
import { freezing, unfreezing } from './freeze';
import { look } from './look';
import { placeById } from './place';
import { promoting } from './promote';
import { rebuilding } from './rebuild';
import { restoring } from './restore';
import type { Scene } from './scene';
import { SqlAdmin } from './sql-admin';
import { sourceOf } from './sql-instance';

export interface CloudSqlFleetOptions {
  readonly rest: RestClient;
  readonly project: string;
  readonly clock: Clock;
}

/** Cloud SQL instances. It keeps nothing: what was done is seen in Cloud SQL itself, and in what the journal says was attempted. */
export class CloudSqlFleet implements Fleet {
  readonly #rest: RestClient;
  readonly #sql: SqlAdmin;
  readonly #clock: Clock;

  constructor({ rest, project, clock }: CloudSqlFleetOptions) {
    this.#rest = rest;
    this.#sql = new SqlAdmin(rest, project);
    this.#clock = clock;
  }

  /** Who follows takes no writes. */
  async fenceOf(topology: Topology, target: MemberId): Promise<CloudFence | undefined> {
    const [old, name] = [topology.primary, target].map((id) => placeById(topology, id).name) as [string, string];
    const instance = await this.#sql.get(old);
    if (instance === undefined || sourceOf(instance) !== name) return undefined;
    return { outcome: 'proven', reason: `${old} follows ${name} now, by Cloud SQL's own word` };
  }

  look(topology: Topology): Promise<FleetSighting> {
    return look({ sql: this.#sql, rest: this.#rest, clock: this.#clock }, topology);
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

  promote(topology: Topology, target: MemberId, { kind }: Promotion): Procedure {
    return promoting(this.#scene(topology), target, kind);
  }

  restore(topology: Topology, target: MemberId): Procedure {
    return restoring(this.#scene(topology), target);
  }

  rebuild(topology: Topology, target: MemberId): Procedure {
    return rebuilding(this.#scene(topology), target);
  }

  #scene(topology: Topology): Scene {
    return { topology, sql: this.#sql, clock: this.#clock };
  }
}
