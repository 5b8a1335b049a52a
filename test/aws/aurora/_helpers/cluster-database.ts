import { Duration } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import {
  ClusterOrigin,
  GlobalDatabase,
  ReplicatedCluster,
  type ClusterOriginProps,
  type GlobalDatabaseProps,
} from '../../../../lib/aws';
import { LARGE, type Place } from '../../_helpers/database';

export const AURORA = rds.DatabaseClusterEngine.auroraPostgres({
  version: rds.AuroraPostgresEngineVersion.of('16.8', '16'),
});
const AURORA_MYSQL = rds.DatabaseClusterEngine.auroraMysql({
  version: rds.AuroraMysqlEngineVersion.of('8.0.mysql_aurora.3.08.2', '8.0'),
});
export const TWO = { a: { tier: 0 }, b: {} };

type Wishes = Partial<GlobalDatabaseProps> & { readonly of?: Partial<ClusterOriginProps> };

export function global(place: Place, { of, ...props }: Wishes = {}): GlobalDatabase {
  return new GlobalDatabase(place, 'Orders', {
    engine: AURORA,
    origin: ClusterOrigin.create('ada', { instanceType: LARGE, instances: TWO, ...of }),
    objectives: { lag: Duration.seconds(5) },
    network: { vpc: place.vpc },
    ...props,
  });
}

export function cluster(place: Place, props: Partial<GlobalDatabaseProps> = {}): ReplicatedCluster {
  return new ReplicatedCluster(place, 'Orders', {
    engine: AURORA_MYSQL,
    origin: ClusterOrigin.create('ada', { instanceType: LARGE, instances: TWO }),
    objectives: { lag: Duration.seconds(5) },
    network: { vpc: place.vpc },
    settings: { parameters: { binlog_format: 'ROW' } },
    ...props,
  });
}
