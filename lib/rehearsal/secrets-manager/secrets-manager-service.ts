import { JsonService } from '../wire/json-service';
import {
  describeSecret,
  getSecretValue,
  listSecretVersionIds,
  putSecretValue,
  stopReplicationToReplica,
} from './secret-actions';
import type { Secrets } from './secrets';

/** Secrets Manager: secrets as texts, and their replicas in other Regions. */
export const secretsManagerService = (secrets: Secrets): JsonService =>
  new JsonService({
    profile: {
      name: 'secretsmanager',
      throttling: { code: 'ThrottlingException', message: 'Rate exceeded' },
      denial: { code: 'AccessDeniedException', httpStatus: 400 },
    },
    version: '1.1',
    actions: new Map([
      ['DescribeSecret', describeSecret(secrets)],
      ['GetSecretValue', getSecretValue(secrets)],
      ['ListSecretVersionIds', listSecretVersionIds(secrets)],
      ['PutSecretValue', putSecretValue(secrets)],
      ['StopReplicationToReplica', stopReplicationToReplica(secrets)],
    ]),
    resourceOf: ({ SecretId }) => (typeof SecretId === 'string' ? SecretId : undefined),
    // As the caller names it.
    deniedOn: (id) => id,
  });
