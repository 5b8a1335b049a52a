import { z } from 'zod';
import { ApiRefusal } from '../api-refusal';
import { jsonAction, type JsonAction } from '../wire/json-action';
import type { Secret, SecretVersion } from './secret';
import type { Secrets } from './secrets';

const stagesById = (versions: readonly SecretVersion[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(versions.filter(({ stages }) => stages.length > 0).map(({ id, stages }) => [id, stages]));

export const getSecretValue = (secrets: Secrets): JsonAction =>
  jsonAction({
    mutating: false,
    input: z.strictObject({
      SecretId: z.string(),
      VersionId: z.string().optional(),
      VersionStage: z.string().optional(),
    }),
    perform({ region, input: { SecretId, ...wanted } }) {
      const secret = secrets.get(region, SecretId);
      const version = wantedVersion(secret, wanted);
      return {
        ...{ ARN: secrets.arnOf(secret, region), Name: secret.name, SecretString: version.value },
        ...{ VersionId: version.id, VersionStages: version.stages, CreatedDate: version.at / 1000 },
      };
    },
  });

interface Wanted {
  readonly VersionId?: string | undefined;
  readonly VersionStage?: string | undefined;
}

function wantedVersion({ versions }: Secret, { VersionId, VersionStage }: Wanted): SecretVersion {
  const stage = VersionStage ?? (VersionId === undefined ? 'AWSCURRENT' : undefined);
  const found = versions
    .filter(({ id }) => VersionId === undefined || id === VersionId)
    .find(({ stages }) => stage === undefined || stages.includes(stage));
  if (found) return found;
  const what = VersionId === undefined ? `staging label: ${stage ?? ''}` : `VersionId: ${VersionId}`;
  throw new ApiRefusal(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${what}`,
  );
}

/** What a secret says of its replicas, it says where it is primary. That a replica does not was never tried live. */
export const describeSecret = (secrets: Secrets): JsonAction =>
  jsonAction({
    mutating: false,
    input: z.strictObject({ SecretId: z.string() }),
    perform({ region, input: { SecretId } }) {
      const secret = secrets.get(region, SecretId);
      const { name, primaryRegion, replicaRegions, versions, createdAt } = secret;
      const isPrimary = primaryRegion === region;
      const status = replicaRegions.map((Region) => ({
        Region,
        KmsKeyId: 'alias/aws/secretsmanager',
        Status: 'InSync',
      }));
      return {
        ...{ ARN: secrets.arnOf(secret, region), Name: name, CreatedDate: createdAt / 1000 },
        LastChangedDate: (versions.at(-1)?.at ?? createdAt) / 1000,
        VersionIdsToStages: stagesById(versions),
        ...(replicaRegions.length > 0 ? { PrimaryRegion: primaryRegion } : {}),
        ...(isPrimary && status.length > 0 ? { ReplicationStatus: status } : {}),
      };
    },
  });

export const putSecretValue = (secrets: Secrets): JsonAction =>
  jsonAction({
    mutating: true,
    input: z.strictObject({
      SecretId: z.string(),
      ClientRequestToken: z.string().min(32).max(64),
      SecretString: z.string().min(1).max(65_536),
      VersionStages: z.array(z.string()).min(1).max(20).optional(),
    }),
    perform({ region, input: { SecretId, ClientRequestToken: id, SecretString: value, VersionStages } }) {
      const secret = secrets.get(region, SecretId);
      if (secret.primaryRegion !== region) {
        throw new ApiRefusal(
          'InvalidRequestException',
          "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
        );
      }
      const same = secret.versions.find((version) => version.id === id);
      if (same && same.value !== value) {
        throw new ApiRefusal(
          'ResourceExistsException',
          `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secrets.arnOf(secret, region)}.`,
        );
      }
      const stages = VersionStages ?? ['AWSCURRENT'];
      if (!same) secrets.put(secret, { id, value, stages });
      return {
        ...{ ARN: secrets.arnOf(secret, region), Name: secret.name, VersionId: id },
        VersionStages: same?.stages ?? stages,
      };
    },
  });

/** In the Region of the replica. The words of the refusal were never seen live. */
export const stopReplicationToReplica = (secrets: Secrets): JsonAction =>
  jsonAction({
    mutating: true,
    input: z.strictObject({ SecretId: z.string() }),
    perform({ region, input: { SecretId } }) {
      const secret = secrets.get(region, SecretId);
      if (secret.primaryRegion === region) {
        throw new ApiRefusal(
          'InvalidRequestException',
          "You can't stop replication of a secret that is not a replica.",
        );
      }
      secrets.detach(secret, region);
      return { ARN: secrets.arnOf(secret, region) };
    },
  });

/** Those with a stage; all of them, if those on their way out are asked for. */
export const listSecretVersionIds = (secrets: Secrets): JsonAction =>
  jsonAction({
    mutating: false,
    input: z.strictObject({ SecretId: z.string(), IncludeDeprecated: z.boolean().optional() }),
    perform({ region, input: { SecretId, IncludeDeprecated = false } }) {
      const secret = secrets.get(region, SecretId);
      const shown = secret.versions.filter(({ stages }) => IncludeDeprecated || stages.length > 0);
      return {
        ...{ ARN: secrets.arnOf(secret, region), Name: secret.name },
        Versions: shown.map(({ id, stages, at }) => ({
          VersionId: id,
          VersionStages: stages,
          CreatedDate: at / 1000,
        })),
      };
    },
  });
