import { ENGINES, TopologyView, type Topology } from '../../topology';
import { insideTopology, isLoneCluster } from './inside-topology';
import type { RehearsalEngine } from './played-engine';

/** Why something cannot be rehearsed. */
export interface Unplayable {
  readonly problem: string;
  readonly allowed: string;
  readonly fix: string;
}

const SERVED: readonly string[] = ['postgres', 'mysql', 'mariadb'];

/**
 * Why a topology cannot be rehearsed, wherever; undefined: it can.
 *
 * @param engine whose servers are wished for
 */
export function unplayable(topology: Topology, engine?: RehearsalEngine): Unplayable | undefined {
  const { cloud, kind } = topology;
  if (cloud === 'gcp') return unservedBy(topology) ?? misshapen(topology);
  if (kind !== 'instances') return unplayableCluster(topology, engine);
  if (engine === undefined && !SERVED.includes(topology.engine.name)) {
    return {
      problem: `there are no servers of ${ENGINES[topology.engine.name].title} to play on`,
      allowed: 'PostgreSQL, MySQL and MariaDB; of other engines who follows whom, on PostgreSQL',
      fix: 'add --engine postgres',
    };
  }
  return misshapen(topology);
}

/** Of Cloud SQL's third engine there is nothing that another one's servers could show: nobody freezes it. */
function unservedBy({ name, engine }: Topology): Unplayable | undefined {
  if (SERVED.includes(engine.name)) return undefined;
  return {
    problem: `${name} is for ${ENGINES[engine.name].title} on Cloud SQL, of which there are no servers to play on`,
    allowed: 'on Google Cloud, PostgreSQL and MySQL',
    fix: 'rehearse a topology of one of those',
  };
}

/** Clusters are played on PostgreSQL alone. */
function unplayableCluster(topology: Topology, engine?: RehearsalEngine): Unplayable | undefined {
  const { name, kind } = topology;
  if (kind === 'multi-az-cluster') {
    return {
      problem: `${name} is a Multi-AZ DB cluster, which is not played`,
      allowed: 'DB instances, and clusters of Aurora',
      fix: 'rehearse one of those',
    };
  }
  if (kind === 'cluster' && !isLoneCluster(topology)) {
    return {
      problem: `the clusters of ${name} follow each other by binary log, which is not played`,
      allowed: 'one cluster, or a global database',
      fix: 'rehearse one of those',
    };
  }
  if (engine === 'mariadb') {
    return {
      problem: 'clusters of Aurora are not played on MariaDB',
      allowed: 'PostgreSQL, for Aurora MySQL too',
      fix: 'take --engine away',
    };
  }
  return misshapen(insideTopology(topology));
}

function misshapen(topology: Topology): Unplayable | undefined {
  const view = new TopologyView(topology);
  if (view.promotable.length === 0) {
    return {
      problem: 'no replica may be promoted',
      allowed: 'at least one replica with a promotion priority',
      fix: 'give one to a replica',
    };
  }
  const nowhere = view.active.find(({ region }) => region === undefined);
  if (nowhere === undefined) return undefined;
  return {
    problem: `the Region of ${nowhere.id} is not known`,
    allowed: 'members with a Region',
    fix: `declare the region of ${nowhere.id}`,
  };
}
