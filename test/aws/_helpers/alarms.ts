import { ReplicationLagAlarms, type ReplicatedInstance } from '../../../lib/aws';
import { database, type Place } from './database';

export type Properties = Readonly<Record<string, unknown>>;

/** Alarms of a stack by name. */
export function alarmsIn({ template }: Place): Readonly<Record<string, Properties>> {
  const found = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    (each) => each['Properties'] as Properties,
  );
  return Object.fromEntries(found.map((properties) => [String(properties['AlarmName']), properties]));
}

/** What is the same for every alarm without actions. */
export function lagAlarm(name: string, properties: Properties): Properties {
  return {
    ComparisonOperator: 'GreaterThanThreshold',
    Dimensions: [{ Name: 'DBInstanceIdentifier', Value: name }],
    MetricName: 'ReplicaLag',
    Namespace: 'AWS/RDS',
    Period: 60,
    TreatMissingData: 'ignore',
    ...properties,
  };
}

export function watched(place: Place, props: Parameters<typeof database>[1] = {}): ReplicatedInstance {
  const orders = database(place, props);
  new ReplicationLagAlarms(place, 'Alarms', { database: orders });
  return orders;
}
