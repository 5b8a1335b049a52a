import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';

/** What both programs of the synthesis benchmark declare. */
export const ENGINE = rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.of('8.4.7', '8.4') });
export const INSTANCE_TYPE = ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE);
export const STORAGE_GIB = 100;
export const LAG = Duration.seconds(60);
