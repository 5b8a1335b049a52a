import type { RunbookNames } from './runbook-names';

/** A command to copy. */
export interface RunbookCommand {
  readonly id: string;
  readonly description: string;
  readonly value: string;
}

export interface RunbookCommandsProps {
  readonly topology: string;
  readonly region: string;
  readonly names: RunbookNames;
  readonly stateMachineArn: string;
}

/** What an operator types: with AWS's command where nothing is installed, and with ours. None of them changes anything as it is. */
export function runbookCommands(props: RunbookCommandsProps): readonly RunbookCommand[] {
  const { topology, region, names, stateMachineArn } = props;
  const ours = (verb: string, rest = ''): string => `understudy ${verb} ${topology} --region ${region}${rest}`;
  const invoke = (name: string, payload: object): string =>
    `aws lambda invoke --region ${region} --function-name ${name} --cli-binary-format raw-in-base64-out --payload '${JSON.stringify(payload)}' /dev/stdout`;
  const event = JSON.stringify({ mode: 'failover', reason: 'WHY', approve: 'PLAN_HASH' });
  return [
    { id: 'PlanCommand', description: 'What would be done now', value: ours('plan') },
    { id: 'PlanInvocation', description: 'The same without understudy', value: invoke(names.plan, { mode: 'plan' }) },
    { id: 'StatusCommand', description: 'How the last run stands', value: ours('status') },
    {
      id: 'StatusInvocation',
      description: 'The same without understudy',
      value: invoke(names.plan, { mode: 'status' }),
    },
    {
      id: 'PromoteCommand',
      description: 'Promotes as planned; PLAN_HASH is what the plan says',
      value: ours('promote', " --failover --approve PLAN_HASH --reason 'WHY'"),
    },
    {
      id: 'PromoteExecution',
      description: 'The same without understudy',
      value: `aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn} --input '${event}'`,
    },
  ];
}
