import { z } from 'zod';
import { ApiRefusal } from '../api-refusal';
import { jsonAction, type JsonAction } from '../wire/json-action';
import { dimensions } from './get-metric-data';
import type { Metrics } from './metrics';

const datum = z.strictObject({
  MetricName: z.string(),
  Dimensions: dimensions.optional(),
  Timestamp: z.number().optional(),
  Value: z.number(),
  Unit: z.string().optional(),
});
const input = z.strictObject({ Namespace: z.string(), MetricData: z.array(datum).min(1).max(1000) });

/** Records what a caller has measured, now or earlier. Units are not kept. */
export const putMetricData = (metrics: Metrics): JsonAction =>
  jsonAction({
    mutating: true,
    input,
    perform({ region, input: { Namespace: namespace, MetricData } }) {
      if (namespace.startsWith('AWS/')) {
        throw new ApiRefusal('InvalidParameterValue', `The value ${namespace} for parameter Namespace is invalid.`);
      }
      const samples = MetricData.map(({ MetricName: name, Dimensions = {}, Timestamp, Value: value }) => ({
        ...{ region, namespace, name, dimensions: Dimensions, value },
        ...(Timestamp === undefined ? {} : { at: Timestamp * 1000 }),
      }));
      metrics.record(...samples);
      return {};
    },
  });
