import { Duration, type Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { ENGINE, INSTANCE_TYPE, LAG, STORAGE_GIB } from './bench-database';

/** The database of `understudy-database.ts` as one writes it with the constructs of aws-cdk-lib: the baseline. */
export function plainDatabase(stack: Stack, vpc: ec2.IVpc, replicas: number): void {
  const parameterGroup = new rds.ParameterGroup(stack, 'Parameters', { engine: ENGINE });
  new ec2.SecurityGroup(stack, 'Quarantine', { vpc, allowAllOutbound: false });
  const common = {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    parameterGroup,
    storageType: rds.StorageType.GP3,
    autoMinorVersionUpgrade: false,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    deletionProtection: true,
    iamAuthentication: true,
    enablePerformanceInsights: true,
    cloudwatchLogsExports: ['error', 'slowquery'],
    backupRetention: Duration.days(7),
  };
  const source = new rds.DatabaseInstance(stack, 'Source', {
    ...common,
    instanceIdentifier: `${stack.stackName}-a`,
    engine: ENGINE,
    instanceType: INSTANCE_TYPE,
    allocatedStorage: STORAGE_GIB,
    storageEncrypted: true,
    multiAz: true,
    credentials: rds.Credentials.fromUsername('admin', { secretName: `${stack.stackName}/master` }),
  });
  new cloudwatch.Alarm(stack, 'BinaryLogs', {
    alarmName: `${stack.stackName}-binary-logs`,
    metric: source.metric('BinLogDiskUsage', { period: Duration.minutes(1), statistic: 'Maximum' }),
    threshold: 2 ** 30,
    evaluationPeriods: 5,
  });
  const rules = Array.from({ length: replicas }, (_, index) => {
    const replica = new rds.DatabaseInstanceReadReplica(stack, `Replica${index}`, {
      ...common,
      instanceIdentifier: `${stack.stackName}-r${index}`,
      sourceDatabaseInstance: source,
      instanceType: INSTANCE_TYPE,
    });
    return cloudwatch.AlarmRule.anyOf(...replicaAlarms(stack, replica, `${stack.stackName}-r${index}`));
  });
  new cloudwatch.CompositeAlarm(stack, 'NothingPromotable', {
    compositeAlarmName: `${stack.stackName}-nothing-promotable`,
    alarmRule: cloudwatch.AlarmRule.allOf(...rules),
  });
}

function replicaAlarms(
  stack: Stack,
  replica: rds.IDatabaseInstance & { metric: rds.DatabaseInstance['metric'] },
  name: string,
): cloudwatch.Alarm[] {
  const lag = (statistic: string) => replica.metric('ReplicaLag', { period: Duration.minutes(1), statistic });
  return [
    new cloudwatch.Alarm(stack, `${name}-late`, {
      alarmName: `${name}-late`,
      metric: lag('Maximum'),
      threshold: LAG.toSeconds(),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
    }),
    new cloudwatch.Alarm(stack, `${name}-broken`, {
      alarmName: `${name}-broken`,
      metric: lag('Minimum'),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
    }),
    new cloudwatch.Alarm(stack, `${name}-silent`, {
      alarmName: `${name}-silent`,
      metric: lag('SampleCount'),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 5,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    }),
  ];
}
