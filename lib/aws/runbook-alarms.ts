import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface RunbookAlarmsProps {
  /** Names of the alarms begin with it. */
  readonly name: string;
  readonly topic: sns.ITopic;
  readonly functions: Readonly<Record<'plan' | 'promote' | 'watch', lambda.IFunction>>;
  readonly deadLetters: sqs.IQueue;
  readonly stateMachine: sfn.IStateMachine;
}

/** Minutes without a watch until somebody is told: what was last seen of the primary is older by then than most objectives. */
const SILENCE = 5;

const MINUTE = Duration.minutes(1);

/** Alarms on the runbook itself: it is used once in years, and nobody would notice that it is broken. */
export class RunbookAlarms extends Construct {
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: RunbookAlarmsProps) {
    super(scope, id);
    const { name, functions, deadLetters, stateMachine } = props;
    this.alarms = [
      ...Object.entries(functions).map(([role, each]) =>
        this.#alarm(`${role}-errors`, name, {
          alarmDescription: `The function ${role} of the runbook ${name} fails. See its log.`,
          metric: each.metricErrors({ period: MINUTE }),
          // One watch that fails is followed by another a minute later.
          evaluationPeriods: role === 'watch' ? 3 : 1,
        }),
      ),
      this.#alarm('watch-silent', name, {
        alarmDescription: `Nobody watches ${name}: after a failure it could not be told how much is lost. See the rule and the function.`,
        metric: functions.watch.metricInvocations({ period: MINUTE }),
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: SILENCE,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      }),
      this.#alarm('dead-letters', name, {
        alarmDescription: `The runbook ${name} was asked for something that it could not even begin. See the queue.`,
        metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: MINUTE }),
      }),
      this.#alarm('run-failed', name, {
        alarmDescription: `A run of ${name} did not end well. See the execution: its error is the outcome, its cause what to do.`,
        metric: new cloudwatch.MathExpression({
          label: 'Executions that failed, were stopped or took too long',
          expression: 'FILL(failed, 0) + FILL(stopped, 0) + FILL(late, 0)',
          usingMetrics: {
            failed: stateMachine.metricFailed({ period: MINUTE }),
            stopped: stateMachine.metricAborted({ period: MINUTE }),
            late: stateMachine.metricTimedOut({ period: MINUTE }),
          },
          period: MINUTE,
        }),
      }),
    ];
    for (const alarm of this.alarms) alarm.addAlarmAction(new actions.SnsAction(props.topic));
  }

  #alarm(
    id: string,
    name: string,
    props: Partial<cloudwatch.AlarmProps> & Pick<cloudwatch.AlarmProps, 'metric'>,
  ): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, id, {
      alarmName: `${name}-runbook-${id}`,
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      ...props,
    });
  }
}
