import './quiet-synthesis';
import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import {
  cdkEngine,
  Origin,
  ReplicatedInstance,
  type OriginProps,
  type ReplicatedInstanceProps,
} from '../../../lib/aws';

export const POSTGRES = rds.DatabaseInstanceEngine.postgres({
  version: rds.PostgresEngineVersion.of('17.6', '17'),
});
export const MYSQL = rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.of('8.4.7', '8.4') });
export const MARIADB = rds.DatabaseInstanceEngine.mariaDb({
  version: rds.MariaDbEngineVersion.of('11.4.9', '11.4'),
});
export const ORACLE = rds.DatabaseInstanceEngine.oracleEe({
  version: rds.OracleEngineVersion.of('19.0.0.0.ru-2025-10.rur-2025-10.r1', '19'),
});
export const SQL_SERVER = rds.DatabaseInstanceEngine.sqlServerEe({
  version: rds.SqlServerEngineVersion.of('16.00.4236.2.v1', '16.00'),
});
export const ORACLE_CDB = cdkEngine({
  name: 'oracle',
  edition: 'ee-cdb',
  version: '19.0.0.0.ru-2025-10.rur-2025-10.r1',
});
export const DB2 = cdkEngine({ name: 'db2', edition: 'ae', version: '11.5.9.0.sb00089214.r1' });

/** A stack with a VPC in it. */
export class Place extends Stack {
  readonly vpc: ec2.Vpc;

  constructor(app: App, region?: string, id = region ?? 'anywhere') {
    super(app, id, region === undefined ? {} : { env: { region } });
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'databases', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
  }

  get template(): Template {
    return Template.fromStack(this);
  }

  /** The one DB instance of that identifier. */
  instance(identifier: string): Readonly<Record<string, unknown>> {
    const found = Object.values(this.template.findResources('AWS::RDS::DBInstance')).filter(
      ({ Properties }) => (Properties as Record<string, unknown>)['DBInstanceIdentifier'] === identifier,
    );
    if (found.length !== 1) throw new Error(`${found.length} instances have the identifier ${identifier}`);
    return found[0]?.['Properties'] as Readonly<Record<string, unknown>>;
  }

  key(id = 'Key'): kms.Key {
    return new kms.Key(this, id);
  }
}

export interface World {
  readonly app: App;
  readonly dublin: Place;
  readonly paris: Place;
}

/** Two Regions. */
export function world(): World {
  const app = new App();
  return { app, dublin: new Place(app, 'eu-west-1'), paris: new Place(app, 'eu-west-3') };
}

export const LARGE = new ec2.InstanceType('r6i.large');
export const XLARGE = new ec2.InstanceType('r6i.xlarge');

/** An origin that needs nothing else. */
export function originProps(props: Partial<OriginProps> = {}): OriginProps {
  return { instanceType: LARGE, storage: { allocated: Size.gibibytes(100) }, ...props };
}

type Wishes = Partial<ReplicatedInstanceProps> & { readonly of?: Partial<OriginProps> };

/** A database whose origin is `ada`, with a heartbeat and the lag objective that it allows. */
export function database(place: Place, { of, ...props }: Wishes = {}): ReplicatedInstance {
  return new ReplicatedInstance(place, 'Orders', {
    engine: POSTGRES,
    origin: Origin.create('ada', originProps(of)),
    objectives: { lag: Duration.seconds(30) },
    heartbeat: Duration.seconds(10),
    vpc: place.vpc,
    ...props,
  });
}
