import { runSimulation } from '@cloud-copilot/iam-simulate';
import { ACCOUNT, type policyOf } from './runbook';

export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
}

/** What IAM says when a role with that policy asks. Resources are those of one account. */
export async function simulate(
  policy: ReturnType<typeof policyOf>,
  { action, resource, context = {} }: Asked,
): Promise<string> {
  const outcome = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/somebody`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: { ...context },
      },
      identityPolicies: [{ name: 'role', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (outcome.resultType === 'error') throw new Error(JSON.stringify(outcome.errors));
  return outcome.overallResult;
}
