import { Size, type Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Origin, ReplicatedInstance, ReplicationLagAlarms } from '../lib/aws';
import { ENGINE, INSTANCE_TYPE, LAG, STORAGE_GIB } from './bench-database';

/** The database of `plain-database.ts`, written with this package. */
export function understudyDatabase(stack: Stack, vpc: ec2.IVpc, replicas: number): void {
  const database = new ReplicatedInstance(stack, 'Database', {
    topologyName: stack.stackName,
    engine: ENGINE,
    origin: Origin.create('a', {
      instanceType: INSTANCE_TYPE,
      storage: { allocated: Size.gibibytes(STORAGE_GIB) },
      multiAz: true,
    }),
    objectives: { lag: LAG },
    vpc,
  });
  for (let index = 0; index < replicas; index += 1) database.addReplica(`r${index}`, { promotion: 2 });
  new ReplicationLagAlarms(stack, 'LagAlarms', { database });
}
