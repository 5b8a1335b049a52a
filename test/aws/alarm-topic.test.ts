import './_helpers/quiet-synthesis';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AlarmTopic } from '../../lib/aws';

function templateOf(emails?: readonly string[]): Template {
  const stack = new Stack(new App(), 'dublin', { env: { region: 'eu-west-1' } });
  new AlarmTopic(stack, 'Alarms', { topicName: 'orders-alarms', emails });
  return Template.fromStack(stack);
}

function only(template: Template, type: string): Readonly<Record<string, unknown>> {
  const [found, ...others] = Object.values(template.findResources(type));
  expect(others).toStrictEqual([]);
  return found?.['Properties'] as Readonly<Record<string, unknown>>;
}

const OWN_ACCOUNT = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
const PUBLISHERS = { Service: ['cloudwatch.amazonaws.com', 'events.rds.amazonaws.com'] };

it('is encrypted with a key that those who publish may use, for this account', () => {
  const template = templateOf();
  expect(only(template, 'AWS::SNS::Topic')).toStrictEqual({
    KmsMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^AlarmsKey/), 'Arn'] },
    TopicName: 'orders-alarms',
  });
  expect(only(template, 'AWS::KMS::Key')).toStrictEqual({
    Description: 'Alarms of orders-alarms',
    EnableKeyRotation: true,
    KeyPolicy: {
      Statement: [
        {
          Action: 'kms:*',
          Effect: 'Allow',
          Principal: {
            AWS: {
              'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']],
            },
          },
          Resource: '*',
        },
        {
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Condition: OWN_ACCOUNT,
          Effect: 'Allow',
          Principal: PUBLISHERS,
          Resource: '*',
        },
      ],
      Version: '2012-10-17',
    },
  });
});

it('takes messages of this account alone, and none in the clear', () => {
  const topic = { Ref: expect.stringMatching(/^AlarmsTopic/) as unknown };
  expect(only(templateOf(), 'AWS::SNS::TopicPolicy')).toStrictEqual({
    PolicyDocument: {
      Statement: [
        {
          Action: 'sns:Publish',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          Effect: 'Deny',
          Principal: '*',
          Resource: topic,
          Sid: 'AllowPublishThroughSSLOnly',
        },
        {
          Action: 'sns:Publish',
          Condition: OWN_ACCOUNT,
          Effect: 'Allow',
          Principal: PUBLISHERS,
          Resource: topic,
          Sid: '1',
        },
      ],
      Version: '2012-10-17',
    },
    Topics: [topic],
  });
});

it('tells whom it is told to tell', () => {
  templateOf().resourceCountIs('AWS::SNS::Subscription', 0);
  const template = templateOf(['a@example.com', 'b@example.com']);
  template.resourceCountIs('AWS::SNS::Subscription', 2);
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'a@example.com', Protocol: 'email' });
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'b@example.com', Protocol: 'email' });
});
