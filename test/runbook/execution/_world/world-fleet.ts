import { isUnderstudyError, type MemberId, type Topology } from '../../../../lib/topology';
import type { Obstacle } from '../../../../lib/runbook/decision';
import type { ControlPlaneSighting, Fleet, FleetSighting, Procedure } from '../../../../lib/runbook/execution/ports';
import type { Cloud } from './cloud';
import { Procedures } from './procedures';
import type { WorldClock } from './world-clock';

export const RETENTION = 7;

/** The fleet through the simulated cloud. A Region that is silent costs one call's time in each look. */
export class WorldFleet implements Fleet {
  /** What stands in the way, as a cloud would find it. */
  readonly obstacles: Obstacle[] = [];
  readonly #cloud: Cloud;
  readonly #procedures: Procedures;

  constructor(cloud: Cloud, clock: WorldClock) {
    this.#cloud = cloud;
    this.#procedures = new Procedures(cloud, clock);
  }

  async look({ members }: Topology): Promise<FleetSighting> {
    return { members: await Promise.all(members.map(({ id }) => this.#sighting(id))), obstacles: this.obstacles };
  }

  freeze({ primary }: Topology): Procedure {
    return this.#procedures.readOnly(primary, true);
  }

  unfreeze(_: Topology, member: MemberId): Procedure {
    return this.#procedures.readOnly(member, false);
  }

  fence({ primary }: Topology): Procedure {
    return this.#procedures.quarantine(primary);
  }

  unfence(_: Topology, member: MemberId): Procedure {
    return this.#procedures.release(member);
  }

  promote(_: Topology, target: MemberId): Procedure {
    return this.#procedures.promote(target);
  }

  restore(_: Topology, target: MemberId): Procedure {
    return this.#procedures.restore(target, RETENTION);
  }

  rebuild({ primary }: Topology, target: MemberId): Procedure {
    return this.#procedures.rebuild(primary, target);
  }

  async #sighting(id: MemberId): Promise<ControlPlaneSighting> {
    try {
      const { status, source, stoppedAt, server } = await this.#cloud.describe(id);
      const follows = server.isReplicating ? 'running' : 'stopped';
      return {
        id,
        controlPlane: 'reachable',
        status,
        isReady: status === 'available',
        replication: source === undefined ? 'none' : follows,
        address: { host: server.host, port: 5432 },
        samples: server.samples.slice(-10),
        ...(stoppedAt === undefined ? {} : { stoppedAt }),
      };
    } catch (error) {
      if (!isUnderstudyError(error)) throw error;
      return { id, controlPlane: 'unreachable', isReady: false, replication: 'unknown', samples: [] };
    }
  }
}
