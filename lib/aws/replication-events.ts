import { Lazy, Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { inOwnPartition } from './own-partition';
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

/**
 * RDS's own events about the members in the Region of `scope`, sent to a topic. Best effort and unordered: alarms stay needed.
 *
 * A Region in which all are retired keeps its subscription, turned off: a promotion removes nothing.
 */
export class ReplicationEvents extends Construct {
  readonly #props: ReplicationEventsProps;
  readonly #active: ReplicationMember[] = [];
  readonly #retired: ReplicationMember[] = [];
  #subscription?: rds.CfnEventSubscription;

  constructor(scope: Construct, id: string, props: ReplicationEventsProps) {
    super(scope, id);
    this.#props = props;
    props.database.onMember((member) => {
      const { region, retired } = member.declared;
      if (retired === 'removed' || region !== Stack.of(this).region) return;
      (retired === undefined ? this.#active : this.#retired).push(member);
      // To RDS, a subscription that names nobody is one to every instance of the account: there is none before the first.
      this.#subscription ??= this.#subscribe();
      // RDS refuses a subscription to an instance that does not exist yet.
      const needed = member.resource ?? member.existingResource;
      if (needed !== undefined) this.#subscription.node.addDependency(needed);
    });
  }

  #subscribe(): rds.CfnEventSubscription {
    const { database, topic } = this.#props;
    return new rds.CfnEventSubscription(this, 'Resource', {
      subscriptionName: `${database.topologyName}-replication`,
      snsTopicArn: inOwnPartition(topic.topicArn),
      sourceType: 'db-instance',
      eventCategories: CATEGORIES,
      enabled: Lazy.any({ produce: () => (this.#active.length === 0 ? false : undefined) }),
      sourceIds: Lazy.list({ produce: () => this.#sources().map((member) => member.physicalInstanceIdentifier) }),
    });
  }

  #sources(): readonly ReplicationMember[] {
    return this.#active.length === 0 ? this.#retired : this.#active;
  }
}
