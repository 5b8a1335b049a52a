import { isAwsCallError } from '../../runbook/adapters/aws';
import { UnderstudyError } from '../../topology';

/** What the SDK throws when it finds no credentials, or when those of a profile cannot be had. */
const NO_CREDENTIALS = /^(CredentialsProviderError|TokenProviderError)$/;

/** Nobody was asked for a permission yet: other words than those of a call that was denied. Anything else is as it is. */
export function withoutCredentials(error: unknown): unknown {
  if (!isAwsCallError(error) || !NO_CREDENTIALS.test(error.awsCode)) return error;
  return new UnderstudyError(
    'no-credentials',
    'there are no credentials for AWS; allowed: any that the AWS SDK finds; sign in, or name a profile in AWS_PROFILE',
  );
}
