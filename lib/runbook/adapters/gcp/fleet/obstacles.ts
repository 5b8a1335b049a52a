import type { MemberId, Topology } from '../../../../topology';
import type { Obstacle } from '../../../decision';
import { isPartner } from './promote';
import { isEnterprisePlus, isReplica, isRunning, sourceOf, type SqlInstance } from './sql-instance';

/** What stands in the way of promoting, as far as the instances themselves tell. All of it only warns. */
export function obstaclesOf(topology: Topology, instances: ReadonlyMap<MemberId, SqlInstance>): readonly Obstacle[] {
  const { gcp, primary } = topology;
  const partner = gcp?.drReplica === undefined ? undefined : instances.get(gcp.drReplica);
  const left = [...instances.values()].filter(
    (each) => isReplica(each) && isRunning(each) && sourceOf(each) === instances.get(primary)?.name,
  );
  return [
    ...(partner !== undefined && isReplica(partner) && !isPartner(partner) ? [undesignated(partner)] : []),
    ...smaller(instances.get(primary), left),
  ];
}

/** Then neither a switchover nor a failover of Cloud SQL's own is possible: it is promoted, and the old primary stays one. */
function undesignated(partner: SqlInstance): Obstacle {
  const why = isEnterprisePlus(partner) ? 'is not designated yet' : 'is not of Enterprise Plus';
  return {
    ...{ id: 'dr-replica-undesignated', severity: 'warn', acceptance: 'none' },
    problem: `${partner.name} is declared as the DR replica and ${why}: Cloud SQL would promote it, and leave its primary one as well`,
    fix: 'run `pulumi up --refresh` once more: a DR replica is designated by the deployment after the one that makes it',
  };
}

/** Tiers are compared by the number of processors in their names, where both have one. */
function smaller(primary: SqlInstance | undefined, others: readonly SqlInstance[]): readonly Obstacle[] {
  const wanted = processors(primary);
  const weak = others.filter((each) => (processors(each) ?? Infinity) < (wanted ?? 0));
  return weak.map(({ name, settings }) => ({
    ...{ id: 'replica-smaller', severity: 'warn', acceptance: 'none' },
    problem: `${name} is smaller than the primary (${settings?.tier ?? ''}, and ${primary?.settings?.tier ?? ''})`,
    fix: 'see whether it carries the load, or give it the same tier before',
  }));
}

function processors(instance: SqlInstance | undefined): number | undefined {
  const [, perf, custom] = /-N-(\d+)$|^db-custom-(\d+)-/.exec(instance?.settings?.tier ?? '') ?? [];
  const count = perf ?? custom;
  return count === undefined ? undefined : Number(count);
}
