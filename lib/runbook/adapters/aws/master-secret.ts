import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { MasterSecret } from '../sql';
import { boundedCall } from './bounded-call';
import { USUAL_BOUNDS, type Bounds } from './client-settings';

export interface MasterSecretOptions {
  /** Of the Region that the runbook recovers in: the secret's copy there does not depend on any other. */
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly region: string;
  /** Name or ARN. */
  readonly secret: string;
  /** @default 2 s to connect, 10 s in all */
  readonly bounds?: Bounds;
}

/** The master user's secret in Secrets Manager. */
export function masterSecret({ client, region, secret, bounds = USUAL_BOUNDS }: MasterSecretOptions): MasterSecret {
  const subject = { service: 'secretsmanager', action: 'GetSecretValue', region, resource: secret };
  return {
    name: secret,
    read: async () => {
      const command = new GetSecretValueCommand({ SecretId: secret });
      const { SecretString } = await boundedCall(subject, (options) => client.send(command, options), bounds);
      return SecretString;
    },
  };
}
