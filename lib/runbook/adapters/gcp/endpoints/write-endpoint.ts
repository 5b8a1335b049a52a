import type { Topology } from '../../../../topology';
import type { Obstacle } from '../../../decision';
import type { Destination, EndpointRole, Procedure } from '../../../execution/ports';
import { obstacleOf, unreadable } from '../../endpoints';
import { placeById, placeOf } from '../fleet/place';
import type { SqlAdmin } from '../fleet/sql-admin';
import { isReplica } from '../fleet/sql-instance';
import { DENIED, type GoogleEndpoint } from './google-endpoint';

/**
 * Cloud SQL's own write endpoint, of a designated pair with private services access: a switchover and a replica failover move it,
 * a plain promotion does not. Nothing here can write it; that it leads to the new primary is waited for.
 *
 * [I] Where the API shows which instance it leads to was read, and never tried live: the instance that has it and follows nobody.
 */
export class WriteEndpoint implements GoogleEndpoint {
  readonly id = 'write-endpoint';
  readonly role: EndpointRole = 'writer';
  readonly #sql: SqlAdmin;
  readonly #topology: Topology;

  constructor(sql: SqlAdmin, topology: Topology) {
    this.#sql = sql;
    this.#topology = topology;
  }

  /** Name of the instance that it leads to. */
  async read(): Promise<string> {
    const members = this.#topology.members.filter(({ retired }) => retired === undefined);
    const found = await Promise.all(members.map((member) => this.#sql.get(placeOf(this.#topology, member).name)));
    const leads = found.find((each) => each?.replicationCluster?.psaWriteEndpoint !== undefined && !isReplica(each));
    if (leads !== undefined) return leads.name;
    throw unreadable(
      this.id,
      'leads to nobody',
      'allowed is a designated pair of Enterprise Plus with private services access',
    );
  }

  point({ member }: Destination): Procedure {
    return this.goBack(placeById(this.#topology, member).name);
  }

  goBack(to: string): Procedure {
    return {
      next: async () => {
        const instance = await this.#sql.get(to);
        const name = instance?.replicationCluster?.psaWriteEndpoint;
        if (instance === undefined || isReplica(instance) || name === undefined) {
          return { kind: 'wait', title: `${this.id} leads to ${to}, which Cloud SQL does by itself`, seconds: 5 };
        }
        return { kind: 'done', proof: `${name.replace(/\.$/, '')} leads to ${to}` };
      },
    };
  }

  obstacles(): Promise<readonly Obstacle[]> {
    return obstacleOf(this.id, () => this.read(), {
      denied: DENIED,
      missing: 'designate a DR replica, or take the write endpoint out of the endpoints',
    });
  }
}
