import { Lazy, Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { ReplicatedInstance } from './replicated-instance';
import type { ReplicationMember } from './replication-member';

/**
 * The categories with the events of replication (0045 stopped, 0046 resumed, 0057 terminated, 0202 creation failed …), of
 * failover to a standby and of failures. Source: Amazon RDS User Guide, "Amazon RDS event categories and event messages".
 */
const CATEGORIES = ['read replica', 'failover', 'failure'];

export interface ReplicationEventsProps {
  readonly database: ReplicatedInstance;
  /** It must let `events.rds.amazonaws.com` publish. */
  readonly topic: sns.ITopic;
}

/** RDS's own events about the members in the Region of `scope`, sent to a topic. Best effort and unordered: alarms stay needed. */
export class ReplicationEvents extends Construct {
  readonly #members: ReplicationMember[] = [];

  constructor(scope: Construct, id: string, { database, topic }: ReplicationEventsProps) {
    super(scope, id);
    const subscription = new rds.CfnEventSubscription(this, 'Resource', {
      subscriptionName: `${database.topologyName}-replication`,
      snsTopicArn: topic.topicArn,
      sourceType: 'db-instance',
      eventCategories: CATEGORIES,
      sourceIds: Lazy.list({ produce: () => this.#members.map((member) => member.physicalInstanceIdentifier) }),
    });
    database.onMember((member) => {
      if (member.role === 'retired' || member.declared.region !== Stack.of(this).region) return;
      this.#members.push(member);
      // RDS refuses a subscription to an instance that does not exist yet.
      if (member.resource !== undefined) subscription.node.addDependency(member.resource);
    });
  }
}
