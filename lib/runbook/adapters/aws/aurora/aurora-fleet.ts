import type { MemberId, Topology } from '../../../../topology';
import { DETACH, moveOf } from '../../../decision';
import type { Clock, CloudFence, Fleet, FleetSighting, Procedure, Promotion, Step } from '../../../execution/ports';
import { USUAL_BOUNDS, type Bounds } from '../client-settings';
import type { FleetClients } from '../fleet/fleet-clients';
import { LagSamples } from '../fleet/lag-samples';
import { AuroraGateway } from './aurora-gateway';
import { fenceByAurora } from './fence-by-aurora';
import type { ClusterScene } from './cluster-scene';
import { current } from './current';
import { detaching } from './detach';
import { failingOverInside } from './fail-over-inside';
import { lookAtClusters } from './look-at-clusters';
import { lookInside } from './look-inside';
import { movingGlobal } from './move-global';
import { promotingCluster } from './promote-cluster';
import { rebuildingGlobal } from './rebuild-global';
import { rejoiningInside } from './rejoin-inside';
import { restoringCluster } from './restore-cluster';

export interface AuroraFleetOptions {
  readonly clients: FleetClients;
  readonly clock: Clock;
  /** Of every call, whatever its client allows. @default 2 s to connect, 10 s in all */
  readonly bounds?: Bounds;
}

/**
 * Clusters: of Aurora, alone, in a global database or following another by binary log, and Multi-AZ DB clusters. It keeps
 * nothing, and silences nobody: Aurora does that in the call that moves the primary.
 */
export class AuroraFleet implements Fleet {
  readonly #rds: AuroraGateway;
  readonly #samples: LagSamples;
  readonly #clock: Clock;

  constructor({ clients, clock, bounds = USUAL_BOUNDS }: AuroraFleetOptions) {
    this.#rds = new AuroraGateway(clients, bounds);
    this.#samples = new LagSamples(clients, bounds);
    this.#clock = clock;
  }

  current(topology: Topology, target?: string): Promise<Topology> {
    return current(this.#rds, topology, target);
  }

  look(topology: Topology): Promise<FleetSighting> {
    const lookout = { rds: this.#rds, samples: this.#samples, clock: this.#clock };
    return moveOf(topology) === 'inside' ? lookInside(lookout, topology) : lookAtClusters(lookout, topology);
  }

  /** Nothing freezes a cluster that others follow by binary log; preflight says so before. */
  freeze({ primary }: Topology): Procedure {
    return always({ kind: 'stuck', problem: `nothing here freezes the cluster ${primary}` });
  }

  unfreeze(_: Topology, member: MemberId): Procedure {
    return always({ kind: 'done', proof: `nothing here had silenced ${member}` });
  }

  fence({ primary }: Topology): Procedure {
    return always({ kind: 'stuck', problem: `nothing here fences the cluster ${primary}` });
  }

  unfence(_: Topology, member: MemberId): Procedure {
    const problem = `nothing here fences a cluster, so nothing opens ${member}; Aurora blocks and opens its storage itself`;
    return always({ kind: 'stuck', problem });
  }

  promote(topology: Topology, target: MemberId, how: Promotion): Procedure {
    const scene = this.#scene(topology);
    switch (moveOf(topology)) {
      case 'inside':
        return failingOverInside(scene, target);
      case 'global':
        return isDetaching(how) ? detaching(scene, target) : movingGlobal(scene, target, how.kind);
      case 'stepwise':
        return promotingCluster(scene, target);
    }
  }

  fenceOf(topology: Topology, target: MemberId, how: Promotion): Promise<CloudFence | undefined> {
    return fenceByAurora(this.#scene(topology), { target, how, isDetached: isDetaching(how) });
  }

  restore(topology: Topology, target: MemberId): Procedure {
    if (moveOf(topology) !== 'inside') return restoringCluster(this.#scene(topology), target);
    return always({ kind: 'done', proof: 'the cluster has the backups and the protection that it had' });
  }

  rebuild(topology: Topology, target: MemberId, how: Promotion): Procedure {
    const move = moveOf(topology);
    if (move === 'inside') return rejoiningInside(this.#scene(topology), target);
    if (move === 'global' && !isDetaching(how)) return rebuildingGlobal(this.#scene(topology), target, how);
    return always({ kind: 'stuck', problem: `nobody follows ${target}: make clusters that do by hand` });
  }

  #scene(topology: Topology): ClusterScene {
    return { topology, rds: this.#rds, clock: this.#clock };
  }
}

const isDetaching = ({ kind, accepted }: Promotion): boolean => kind === 'failover' && accepted.includes(DETACH);

const always = (step: Step): Procedure => ({ next: () => Promise.resolve(step) });
