import { JsonService } from '../wire/json-service';
import { getMetricData } from './get-metric-data';
import type { Metrics } from './metrics';
import { putMetricData } from './put-metric-data';

/**
 * CloudWatch, so far as the lag of replicas is read. Its permissions know no resources.
 * What a denial is called in this protocol was never seen live.
 */
export const cloudWatchService = (metrics: Metrics): JsonService =>
  new JsonService({
    profile: {
      name: 'cloudwatch',
      signedAs: 'monitoring',
      throttling: { code: 'Throttling', message: 'Rate exceeded' },
      denial: { code: 'AccessDenied', httpStatus: 403 },
    },
    version: '1.0',
    spokeQuery: true,
    actions: new Map([
      ['GetMetricData', getMetricData(metrics)],
      ['PutMetricData', putMetricData(metrics)],
    ]),
    resourceOf: () => undefined,
    deniedOn: () => undefined,
  });
