import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { acknowledgeWildcard, textOf } from './runbook-wildcards';

export interface RunbookStateMachineProps {
  readonly name: string;
  readonly promote: lambda.IFunction;
  /** Given, an alarm's event plans first, and goes on only when the plan is a failover without an objection. @default - events are refused */
  readonly plan?: lambda.IFunction;
}

/**
 * The first payload: what was asked, under the execution's name as the id of the run. Whoever starts an execution twice under
 * one name starts one run. Modes that begin no run do not take an id.
 */
const FIRST_EVENT =
  "{% $states.input.mode in ['switchover', 'failover'] and $not($exists($states.input.runId)) ? $merge([$states.input, {'runId': $states.context.Execution.Name}]) : $states.input %}";

/** Every later one: go on with that run. */
const NEXT_EVENT = "{% {'mode': $event.mode, 'reason': $event.reason, 'runId': $states.input.runId} %}";

/** What the plan says, as a run that a person approved: by its hash, so that nothing else is done than was planned. */
const APPROVED_EVENT =
  "{% {'mode': 'failover', 'reason': $reason, 'target': $states.input.plan.target, 'expectedPrimary': $states.input.plan.primary, 'approve': $states.input.planHash, 'runId': $states.context.Execution.Name} %}";

const REASON = "{% 'Automatic: alarm ' & $states.input.detail.alarmName & ' at ' & $states.input.time %}";

/** Errors of the functions that say the same however often they are asked: the code is the error's name. */
const FINAL_ERRORS = ['event-refused', 'settings-refused', 'run-differs', 'result-refused'];

/** Lambda was not able to run the function, or has no room for it: nothing ran. */
const LAMBDA_ERRORS = [
  ...['Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException'],
  ...['Lambda.ClientExecutionTimeoutException', 'Lambda.TooManyRequestsException'],
];

/** Step Functions takes at most so many characters as a cause: 32 KiB in UTF-8. */
const LONGEST_CAUSE = 8000;

/** A promotion of an hour with its rebuilding, many times over; a run that takes longer is left to a person. */
const LONGEST_EXECUTION = Duration.hours(24);

/**
 * Invokes the runbook until the run is over: a function lives 15 minutes, a promotion may take longer.
 *
 * The state machine knows nothing: a crashed invocation is repeated with the same id, and the journal says where to go on.
 */
export class RunbookStateMachine extends Construct {
  readonly stateMachine: sfn.StateMachine;

  constructor(scope: Construct, id: string, { name, promote, plan }: RunbookStateMachineProps) {
    super(scope, id);
    const log = new logs.LogGroup(this, 'Log', {
      // Other prefixes make the resource policy of the account's logs grow with every log.
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const run = this.#run(promote);
    const start = plan === undefined ? run : this.#planned(plan, run);
    this.stateMachine = new sfn.StateMachine(this, 'Resource', {
      stateMachineName: name,
      stateMachineType: sfn.StateMachineType.STANDARD,
      queryLanguage: sfn.QueryLanguage.JSONATA,
      definitionBody: sfn.DefinitionBody.fromChainable(start),
      comment: 'Invokes the runbook until its run is over.',
      timeout: LONGEST_EXECUTION,
      tracingEnabled: true,
      logs: { destination: log, level: sfn.LogLevel.ALL, includeExecutionData: true },
    });
    const { role } = this.stateMachine;
    acknowledgeWildcard(role, 'Resource', '*');
    for (const each of [promote, ...(plan === undefined ? [] : [plan])]) {
      acknowledgeWildcard(role, 'Resource', textOf(this, `${each.functionArn}:*`));
    }
  }

  #run(promote: lambda.IFunction): sfn.IChainable {
    const invoke = this.#invoke('Promote', promote, '{% $event %}');
    const wait = sfn.Wait.jsonata(this, 'Wait', {
      time: sfn.WaitTime.seconds(
        '{% $max([1, $ceil($exists($states.input.resumeAfter) ? $states.input.resumeAfter : 1)]) %}',
      ),
      assign: { event: NEXT_EVENT },
    });
    const failed = sfn.Fail.jsonata(this, 'Failed', {
      error: '{% $states.input.outcome %}',
      cause: `{% $substring($join($states.input.next, '\\n'), 0, ${LONGEST_CAUSE}) %}`,
    });
    wait.next(invoke);
    invoke.next(
      sfn.Choice.jsonata(this, 'IsItOver')
        .when(sfn.Condition.jsonata("{% $states.input.outcome = 'IN_PROGRESS' %}"), wait)
        .when(
          sfn.Condition.jsonata("{% $states.input.outcome in ['DONE', 'DEGRADED'] %}"),
          sfn.Succeed.jsonata(this, 'Succeeded'),
        )
        .otherwise(failed),
    );
    return sfn.Pass.jsonata(this, 'Begin', { assign: { event: FIRST_EVENT } }).next(invoke);
  }

  /** An alarm's event has no mode. It never asks for more than a person who approves the plan as it is. */
  #planned(plan: lambda.IFunction, run: sfn.IChainable): sfn.IChainable {
    const reason = sfn.Pass.jsonata(this, 'Alarm', { assign: { reason: REASON } });
    const approve = sfn.Pass.jsonata(this, 'Approve', { outputs: APPROVED_EVENT });
    const invoke = this.#invoke('Plan', plan, "{% {'mode': 'plan', 'reason': $reason} %}");
    const choice = sfn.Choice.jsonata(this, 'IsItAFailover')
      .when(
        sfn.Condition.jsonata("{% $states.input.outcome = 'DONE' and $states.input.plan.mode = 'failover' %}"),
        approve.next(run),
      )
      .otherwise(
        sfn.Fail.jsonata(this, 'NothingDone', {
          error: 'NOT_AUTOMATIC',
          cause: `{% $substring($join($states.input.next, '\\n'), 0, ${LONGEST_CAUSE}) %}`,
        }),
      );
    return sfn.Choice.jsonata(this, 'WhoAsks')
      .when(sfn.Condition.jsonata("{% $states.input.source = 'aws.cloudwatch' %}"), reason.next(invoke).next(choice))
      .otherwise(run.startState);
  }

  #invoke(id: string, lambdaFunction: lambda.IFunction, payload: string): tasks.LambdaInvoke {
    const task = tasks.LambdaInvoke.jsonata(this, id, {
      lambdaFunction,
      payload: sfn.TaskInput.fromText(payload),
      outputs: '{% $states.result.Payload %}',
      retryOnServiceExceptions: false,
    });
    // Written first, else the last would repeat them.
    task.addRetry({ errors: FINAL_ERRORS, maxAttempts: 0 });
    task.addRetry({ errors: LAMBDA_ERRORS, interval: Duration.seconds(2), backoffRate: 2, maxAttempts: 8 });
    // The function crashed or ran out of time: the lease of that runner ends, and the same event goes on with the same run.
    task.addRetry({ errors: [sfn.Errors.ALL], interval: Duration.seconds(5), backoffRate: 2, maxAttempts: 6 });
    return task;
  }
}
