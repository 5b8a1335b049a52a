import { z } from 'zod';
import { ApiRefusal, notPlayed } from '../api-refusal';
import { jsonAction, type JsonAction } from '../wire/json-action';
import { beginningOf, MINUTE, type Metric, type Metrics } from './metrics';

export const dimensions = z
  .array(z.strictObject({ Name: z.string(), Value: z.string() }))
  .transform((list) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])));

const STATISTICS = {
  Average: (values: readonly number[]) => sum(values) / values.length,
  Minimum: (values: readonly number[]) => Math.min(...values),
  Maximum: (values: readonly number[]) => Math.max(...values),
  Sum: (values: readonly number[]) => sum(values),
  SampleCount: (values: readonly number[]) => values.length,
};
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const query = z.strictObject({
  Id: z.string(),
  Label: z.string().optional(),
  ReturnData: z.boolean().optional(),
  MetricStat: z.strictObject({
    Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions.optional() }),
    Period: z.int().min(1),
    Stat: z.string(),
  }),
});
const input = z.strictObject({
  MetricDataQueries: z.array(query).min(1).max(500),
  StartTime: z.number(),
  EndTime: z.number(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).optional(),
});

const invalid = (message: string): ApiRefusal => new ApiRefusal('ValidationError', message);

/** Numbers by period, each under the time at which its period began. What nobody measured is an empty list. */
export const getMetricData = (metrics: Metrics): JsonAction =>
  jsonAction({
    mutating: false,
    input,
    perform({ region, input: { MetricDataQueries: queries, StartTime, EndTime, ScanBy } }) {
      if (StartTime >= EndTime) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
      if (new Set(queries.map(({ Id }) => Id)).size < queries.length) {
        throw invalid('The values for parameter id in MetricDataQueries are not unique.');
      }
      const range = { start: StartTime * 1000, end: EndTime * 1000 };
      const results = queries.flatMap((asked) => {
        const points = [...pointsOf(metrics, { region, range, asked })];
        const ordered = ScanBy === 'TimestampAscending' ? points : points.reverse();
        if (asked.ReturnData === false) return [];
        return {
          ...{ Id: asked.Id, Label: asked.Label ?? asked.MetricStat.Metric.MetricName, StatusCode: 'Complete' },
          Timestamps: ordered.map(({ at }) => at / 1000),
          Values: ordered.map(({ value }) => value),
        };
      });
      return { MetricDataResults: results, Messages: [] };
    },
  });

interface Asked {
  readonly region: string;
  readonly range: { readonly start: number; readonly end: number };
  readonly asked: z.output<typeof query>;
}

interface Point {
  readonly at: number;
  readonly value: number;
}

/** The start is rounded down to a period; the end is not part of the range. */
function* pointsOf(metrics: Metrics, { region, range, asked }: Asked): Generator<Point> {
  const { Metric: named, Period, Stat } = asked.MetricStat;
  if (Period % MINUTE !== 0) throw invalid(`The parameter Period must be a multiple of ${MINUTE}.`);
  const statistic = Object.entries(STATISTICS).find(([name]) => name === Stat)?.[1];
  if (!statistic) throw notPlayed(`the statistic ${Stat} of GetMetricData`);
  const { Namespace: namespace, MetricName: name, Dimensions = {} } = named;
  const metric: Metric = { region, namespace, name, dimensions: Dimensions };
  for (let at = beginningOf(range.start, Period); at < range.end; at += Period * 1000) {
    const minutes = Array.from({ length: Period / MINUTE }, (_, minute) => at + minute * MINUTE * 1000);
    const values = minutes.flatMap((minute) => metrics.valuesOf(metric, minute));
    if (values.length > 0) yield { at, value: statistic(values) };
  }
}
