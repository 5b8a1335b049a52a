import { QueryService } from '../wire/query-service';
import { publish } from './publish';
import type { Topics } from './topics';

/** SNS: topics to publish to. */
export const snsService = (topics: Topics): QueryService =>
  new QueryService({
    profile: {
      name: 'sns',
      permissions: 'SNS',
      throttling: { code: 'Throttling', message: 'Rate exceeded' },
      denial: { code: 'AuthorizationError', httpStatus: 403 },
    },
    namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    actions: new Map([['Publish', publish(topics)]]),
    resourceOf: ({ TopicArn }) => TopicArn,
    deniedOn: (arn) => arn ?? '*',
  });
