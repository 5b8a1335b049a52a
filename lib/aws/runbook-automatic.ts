import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { UnderstudyError } from '../topology';
import type { PromotionRunbookProps } from './promotion-runbook';

/** A failover that no person approves. */
export interface AutomaticFailover {
  /**
   * An alarm of this Region. When it fires, the runbook plans, and fails over if the plan is a failover without an objection:
   * that the primary is lost is decided by the plan, not by the alarm.
   */
  readonly on: cloudwatch.IAlarm;
}

/** @throws UnderstudyError where nobody said how much may be lost, or nothing could prove that the old primary takes no writes */
export function checkAutomatic({ automatic, database, network }: PromotionRunbookProps): void {
  if (automatic === undefined) return;
  const { objectives, name, kind } = database.topology;
  if (kind !== 'instances') {
    throw new UnderstudyError(
      'automatic-of-clusters',
      `the runbook of ${name} is to fail over by itself, and its members are clusters; allowed: automatic of instances alone: Aurora promotes whether its fence holds or not, and moves writers inside a cluster by itself; fix: leave automatic out`,
    );
  }
  if (objectives.dataLoss === undefined) {
    throw new UnderstudyError(
      'automatic-without-data-loss',
      `the runbook of ${name} is to fail over by itself, and objectives.dataLoss is not set; allowed: automatic only with the most seconds of writes that may be lost; fix: set objectives.dataLoss, or leave automatic out`,
    );
  }
  if (network === undefined) {
    throw new UnderstudyError(
      'automatic-without-network',
      `the runbook of ${name} is to fail over by itself, and network is not set; allowed: automatic only with a VPC from which the old primary can be asked: a fence is proven there or nowhere; fix: set network, or leave automatic out`,
    );
  }
}

/** Starts the state machine when the alarm begins. One that is delivered twice finds the lease held, or nothing to fail over. */
export function startByAlarm(
  scope: Construct,
  { on: { alarmArn } }: AutomaticFailover,
  stateMachine: sfn.IStateMachine,
): void {
  new events.Rule(scope, 'Automatic', {
    description: 'Plans, and fails over if the plan is a failover without an objection',
    eventPattern: {
      source: ['aws.cloudwatch'],
      detailType: ['CloudWatch Alarm State Change'],
      resources: [alarmArn],
      detail: { state: { value: ['ALARM'] } },
    },
    targets: [new targets.SfnStateMachine(stateMachine)],
  });
}
