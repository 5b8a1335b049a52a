import { z } from 'zod';
import { ApiRefusal } from '../api-refusal';
import { jsonAction, type JsonAction } from '../wire/json-action';
import type { Parameters } from './parameters';

const ARN = /^arn:aws[a-z-]*:ssm:([a-z0-9-]+):\d{12}:parameter(\/.+)$/;

/** The names that are meant. An ARN does not say whether a name of one level begins with a slash. */
function namesIn(text: string, region: string): readonly string[] {
  const [, home, path] = ARN.exec(text) ?? [];
  return home === region && path !== undefined ? [path, path.slice(1)] : [text];
}

export const parameterArn = (region: string, account: string, name: string): string =>
  `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;

/** The last version of a parameter, or the one that is named after a colon. */
export const getParameter = (parameters: Parameters, account: string): JsonAction =>
  jsonAction({
    mutating: false,
    input: z.strictObject({ Name: z.string(), WithDecryption: z.boolean().optional() }),
    perform({ region, input: { Name, WithDecryption = false } }) {
      const [, text = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(Name) ?? [];
      const name = namesIn(text, region).find((each) => parameters.versions(region, each).length > 0);
      // The service says so without a word.
      if (name === undefined) throw new ApiRefusal('ParameterNotFound', '');
      const versions = parameters.versions(region, name);
      const found = wanted === undefined ? versions.at(-1) : versions.find(({ version }) => String(version) === wanted);
      if (!found) {
        throw new ApiRefusal(
          'ParameterVersionNotFound',
          `Systems Manager could not find version ${wanted ?? ''} of ${name}. Verify the version and try again.`,
        );
      }
      return {
        Parameter: {
          ...{ Name: name, Type: found.type, Version: found.version, DataType: 'text' },
          Value: found.type === 'SecureString' && !WithDecryption ? encrypted(found.value) : found.value,
          LastModifiedDate: found.at / 1000,
          ARN: parameterArn(region, account, name),
        },
      };
    },
  });

/** Not the value: whoever forgets to ask for it decrypted shall notice. */
const encrypted = (value: string): string => Buffer.from(`encrypted ${value}`).toString('base64');

export const putParameter = (parameters: Parameters): JsonAction =>
  jsonAction({
    mutating: true,
    input: z.strictObject({
      Name: z.string().min(1),
      Value: z.string().min(1),
      Type: z.enum(['String', 'StringList', 'SecureString']).optional(),
      Overwrite: z.boolean().optional(),
      Description: z.string().optional(),
    }),
    perform({ region, input: { Name: name, Value: value, Type: type, Overwrite: overwrite = false } }) {
      const { version } = parameters.put(region, { name, value, type, overwrite });
      return { Version: version, Tier: 'Standard' };
    },
  });
