import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { PromotionRunbook } from '../../lib/aws';
import { database, originProps, world } from './_helpers/database';
import { runbookWorld } from './_helpers/runbook';

describe('a failover without a person', () => {
  const alarmIn = (stack: Stack): cloudwatch.IAlarm =>
    cloudwatch.Alarm.fromAlarmArn(stack, 'Lost', `arn:aws:cloudwatch:eu-west-3:123456789012:alarm:lost`);

  it('is off, unless somebody asks for it', () => {
    const { paris } = runbookWorld();
    paris.template.resourcePropertiesCountIs('AWS::Events::Rule', { EventPattern: Match.anyValue() }, 0);
  });

  it('starts with an alarm, not with its end', () => {
    const { paris, orders } = runbookWorld({ endpoints: [] });
    // In a stack of its own, beside that of the members: neither may wait for the other twice.
    const place = new Stack(App.of(paris), 'Other', { env: { region: 'eu-west-3' } });
    new PromotionRunbook(place, 'Automatic', {
      database: orders,
      network: { vpc: paris.vpc, vpcSubnets: { subnets: paris.vpc.isolatedSubnets } },
      automatic: { on: alarmIn(place) },
    });
    Template.fromStack(place).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        resources: ['arn:aws:cloudwatch:eu-west-3:123456789012:alarm:lost'],
        detail: { state: { value: ['ALARM'] } },
      },
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^AutomaticStateMachine') } })],
    });
  });

  it.each([
    [
      'automatic-without-data-loss',
      'the runbook of orders is to fail over by itself, and objectives.dataLoss is not set; allowed: automatic only with the most seconds of writes that may be lost; fix: set objectives.dataLoss, or leave automatic out',
      { objectives: { lag: Duration.seconds(30) } },
    ],
    [
      'automatic-without-network',
      'the runbook of orders is to fail over by itself, and network is not set; allowed: automatic only with a VPC from which the old primary can be asked: a fence is proven there or nowhere; fix: set network, or leave automatic out',
      { objectives: { lag: Duration.seconds(30), dataLoss: Duration.minutes(1) } },
    ],
  ])('%s', (code, message, wishes) => {
    const { dublin } = world();
    const orders = database(dublin, { of: originProps(), ...wishes });
    const make = jest.fn(
      () => new PromotionRunbook(dublin, 'Runbook', { database: orders, automatic: { on: alarmIn(dublin) } }),
    );
    expect(make).toThrow(message);
    expect(make.mock.results[0]?.value).toMatchObject({ code, family: 'refused' });
  });
});
