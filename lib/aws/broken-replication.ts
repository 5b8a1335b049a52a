import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Topology } from '../topology';
import { standstillMinutes } from './lag-thresholds';
import { instanceMetric } from './replica-lag-metric';
import { standstill, type AlarmCondition } from './standstill';

/** When a replica does not replicate, by its `ReplicaLag`. */
export interface BrokenReplication {
  readonly condition: AlarmCondition;
  /** What an alarm says of it, after the name of the replica. */
  readonly sentence: string;
}

/** The alarm is in the Region of the replica, as the metric is. */
export function brokenReplication(identifier: string, topology: Topology): BrokenReplication {
  return topology.engine.name === 'postgres' ? replaysNothing(identifier, topology) : negativeLag(identifier);
}

/** −1 is what MySQL, MariaDB and SQL Server send when replication does not run; no engine sends less for a good reason. */
function negativeLag(identifier: string): BrokenReplication {
  return {
    condition: {
      metric: instanceMetric('ReplicaLag', identifier, undefined, { statistic: cloudwatch.Stats.MINIMUM }),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    },
    sentence: 'does not replicate: its lag is negative. See its replication state and error log.',
  };
}

/**
 * PostgreSQL sends no −1. Its lag is the age of the last replayed transaction: while replay stands still, it grows by one
 * second each second, for longer than an idle primary can explain.
 */
function replaysNothing(identifier: string, topology: Topology): BrokenReplication {
  const minutes = standstillMinutes(topology);
  return {
    condition: standstill(instanceMetric('ReplicaLag', identifier, undefined), minutes),
    sentence: `has replayed nothing for ${minutes} minutes. See whether it still streams, and its error log.`,
  };
}
