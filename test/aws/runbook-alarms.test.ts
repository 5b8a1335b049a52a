import { Match } from 'aws-cdk-lib/assertions';
import { only, runbookWorld } from './_helpers/runbook';

const { paris, runbook } = runbookWorld();

it.each([
  [
    'plan-errors',
    { MetricName: 'Errors', EvaluationPeriods: 1, TreatMissingData: 'notBreaching', Threshold: 1, Period: 60 },
  ],
  ['promote-errors', { MetricName: 'Errors', EvaluationPeriods: 1, TreatMissingData: 'notBreaching' }],
  ['watch-errors', { MetricName: 'Errors', EvaluationPeriods: 3, TreatMissingData: 'notBreaching' }],
  [
    'watch-silent',
    {
      MetricName: 'Invocations',
      EvaluationPeriods: 5,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    },
  ],
  ['dead-letters', { MetricName: 'ApproximateNumberOfMessagesVisible', Namespace: 'AWS/SQS', Threshold: 1 }],
])('%s', (name, properties) => {
  paris.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: `orders-runbook-${name}`,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    ...properties,
  });
});

it('run-failed: an execution that failed, was stopped, or took too long', () => {
  paris.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'orders-runbook-run-failed',
    Metrics: Match.arrayWith([
      Match.objectLike({ Expression: 'FILL(failed, 0) + FILL(stopped, 0) + FILL(late, 0)' }),
      ...['ExecutionsFailed', 'ExecutionsAborted', 'ExecutionsTimedOut'].map((MetricName) =>
        Match.objectLike({ MetricStat: Match.objectLike({ Metric: Match.objectLike({ MetricName }) }) }),
      ),
    ]),
  });
});

it('all tell the topic', () => {
  expect(runbook.alarms).toHaveLength(6);
  for (const { node } of runbook.alarms) {
    const { AlarmActions } = only(paris, 'AWS::CloudWatch::Alarm', { AlarmName: `orders-runbook-${node.id}` });
    expect(AlarmActions).toStrictEqual([expect.stringMatching(/^arn:aws:sns:eu-west-3:123456789012:RunbookTopic/)]);
  }
});
