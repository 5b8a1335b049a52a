import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  /** Physical name; unique in account and Region. */
  readonly topicName: string;
  /** @default - nobody is subscribed */
  readonly emails?: readonly string[];
}

/** The services that tell of replication. */
const PUBLISHERS = ['cloudwatch.amazonaws.com', 'events.rds.amazonaws.com'];

/**
 * An encrypted topic to which CloudWatch alarms and RDS events of this account may publish.
 *
 * The key is one of our own, because the AWS managed key of SNS lets neither service use it. Never tried live: that both
 * services send `aws:SourceAccount` when they use the key.
 */
export class AlarmTopic extends Construct {
  readonly topic: sns.Topic;
  readonly key: kms.Key;

  constructor(scope: Construct, id: string, { topicName, emails = [] }: AlarmTopicProps) {
    super(scope, id);
    const principals = PUBLISHERS.map((service) => new iam.ServicePrincipal(service));
    const conditions = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
    this.key = new kms.Key(this, 'Key', { description: `Alarms of ${topicName}`, enableKeyRotation: true });
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals,
        conditions,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    this.topic = new sns.Topic(this, 'Topic', { topicName, masterKey: this.key, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({ principals, conditions, actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
    );
    for (const email of emails) this.topic.addSubscription(new subscriptions.EmailSubscription(email));
  }

  /** Lets EventBridge publish as well, which takes no condition on the account: events of global failovers come by it. */
  allowEventBridge(): void {
    const principals = [new iam.ServicePrincipal('events.amazonaws.com')];
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({ principals, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] }),
    );
  }
}
