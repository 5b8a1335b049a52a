import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { boundedCall, clientSettings, isAwsCallError } from '../../runbook/adapters/aws';
import { runbookSettingsSchema, settingsParameter, type RunbookSettings } from '../../runbook/contract';
import { UnderstudyError } from '../../topology';
import { withoutCredentials } from './without-credentials';

/** What the infrastructure has written down for the runbook of a topology, in the Region that is recovered in. */
export async function settingsOf(topology: string, region: string): Promise<RunbookSettings> {
  const name = settingsParameter(topology);
  const client = new SSMClient({ region, ...clientSettings('read') });
  const subject = { service: 'ssm', action: 'GetParameter', region, resource: name };
  try {
    const { Parameter } = await boundedCall(subject, (options) =>
      client.send(new GetParameterCommand({ Name: name }), options),
    );
    return parsed(Parameter?.Value ?? '', name, region);
  } catch (error) {
    if (isAwsCallError(error) && error.awsCode === 'ParameterNotFound') {
      throw new UnderstudyError(
        'settings-missing',
        `there is no parameter ${name} in ${region}; allowed: a Region with a deployed runbook of ${topology}; deploy it there, correct the name, or name another Region with --region`,
      );
    }
    throw withoutCredentials(error);
  } finally {
    client.destroy();
  }
}

function parsed(text: string, name: string, region: string): RunbookSettings {
  const result = runbookSettingsSchema.safeParse(jsonIn(text));
  if (result.success) return result.data;
  const places = [...new Set(result.error.issues.map(({ path }) => path.join('.') || 'the whole'))].join(', ');
  throw new UnderstudyError(
    'settings-refused',
    `the parameter ${name} in ${region} cannot be read: ${places} is not as expected; allowed: what this version of the package deploys; deploy the runbook again, or use the version that deployed it`,
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
