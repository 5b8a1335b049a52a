import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Origin, ReplicationEvents } from '../../lib/aws';
import { database, LARGE, POSTGRES, world, type Place } from './_helpers/database';

function subscriptionIn({ template }: Place): unknown {
  const [subscription, ...others] = Object.values(template.findResources('AWS::RDS::EventSubscription'));
  expect(others).toStrictEqual([]);
  return subscription;
}

function subscribed(primary = 'ada') {
  const places = world();
  const { dublin, paris } = places;
  const orders = database(dublin, { primary, of: primary === 'ada' ? {} : { retired: 'kept' } });
  for (const place of [dublin, paris]) {
    new ReplicationEvents(place, 'Events', { database: orders, topic: new sns.Topic(place, 'Topic') });
  }
  orders.addReplica('bab', { retired: primary === 'ada' ? undefined : 'kept' });
  orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key(), promotion: 1 });
  return places;
}

it('RDS tells of the members of its Region, as soon as they are there', () => {
  expect(subscriptionIn(subscribed().dublin)).toStrictEqual({
    Type: 'AWS::RDS::EventSubscription',
    Properties: {
      EventCategories: ['read replica', 'failover', 'failure'],
      SnsTopicArn: { Ref: 'TopicBFC7AF6E' },
      SourceIds: ['orders-ada', 'orders-bab'],
      SourceType: 'db-instance',
      SubscriptionName: 'orders-replication',
    },
    DependsOn: [expect.stringMatching(/^Ordersada/), expect.stringMatching(/^Ordersbab/)],
  });
  expect(subscriptionIn(subscribed().paris)).toMatchObject({
    Properties: { SourceIds: ['orders-cyd'] },
    DependsOn: [expect.stringMatching(/^Orderscyd/)],
  });
});

it('a Region in which all are retired keeps its subscription, turned off, and never one to every instance there is', () => {
  const { dublin, paris } = subscribed('cyd');
  expect(subscriptionIn(dublin)).toMatchObject({
    Properties: { Enabled: false, SourceIds: ['orders-ada', 'orders-bab'] },
  });
  expect(subscriptionIn(paris)).toMatchObject({ Properties: { SourceIds: ['orders-cyd'] } });
});

it('an instance that the program has already is waited for, too', () => {
  const { dublin } = world();
  const own = new rds.DatabaseInstance(dublin, 'Own', {
    engine: POSTGRES,
    instanceType: LARGE,
    vpc: dublin.vpc,
    vpcSubnets: { subnets: dublin.vpc.isolatedSubnets },
    instanceIdentifier: 'billing-2019',
  });
  const orders = database(dublin, { origin: Origin.existing('old', own) });
  new ReplicationEvents(dublin, 'Events', { database: orders, topic: new sns.Topic(dublin, 'Topic') });
  expect(subscriptionIn(dublin)).toMatchObject({
    Properties: { SourceIds: ['billing-2019'] },
    DependsOn: expect.arrayContaining([dublin.getLogicalId(own.node.defaultChild as rds.CfnDBInstance)]) as unknown,
  });
});
