import { JsonService } from '../wire/json-service';
import { getParameter, parameterArn, putParameter } from './parameter-actions';
import type { Parameters } from './parameters';

/** Parameter Store of Systems Manager. */
export const ssmService = (parameters: Parameters, account: string): JsonService =>
  new JsonService({
    profile: {
      name: 'ssm',
      throttling: { code: 'ThrottlingException', message: 'Rate exceeded' },
      denial: { code: 'AccessDeniedException', httpStatus: 400 },
    },
    version: '1.1',
    actions: new Map([
      ['GetParameter', getParameter(parameters, account)],
      ['PutParameter', putParameter(parameters)],
    ]),
    resourceOf: ({ Name }) => (typeof Name === 'string' ? Name : undefined),
    deniedOn: (name = '*', region) => (name.startsWith('arn:') ? name : parameterArn(region, account, name)),
  });
