import type { Seconds } from '../../../../topology';
import type { Instant, LagSample, Obstacle } from '../../../decision';
import { isGoogleCallError } from '../google-call-error';
import type { RestClient } from '../rest/rest-client';

const METRIC = 'cloudsql.googleapis.com/database/replication/replica_lag';
const WINDOW: Seconds = 3600;

/** Sampled each minute, and visible up to 165 s later: what is older than that, and a sample more, is missing. */
const SILENT_AFTER: Seconds = 165 + 2 * 60;

/** The lag of replicas, by the names of their instances, and why it could not be read. */
export interface Samples {
  readonly of: ReadonlyMap<string, readonly LagSample[]>;
  readonly obstacles: readonly Obstacle[];
}

interface Series {
  readonly resource?: { readonly labels?: Readonly<Record<string, string>> };
  readonly points?: readonly {
    readonly interval?: { readonly endTime?: string };
    readonly value?: { readonly doubleValue?: number; readonly int64Value?: string };
  }[];
}

/** Cloud Monitoring's lag of all replicas, in one call. Never throws because it is not answered: there are no samples then. */
export async function lagSamples(
  rest: RestClient,
  project: string,
  { names, now }: { readonly names: readonly string[]; readonly now: Instant },
): Promise<Samples> {
  if (names.length === 0) return { of: new Map(), obstacles: [] };
  const ids = names.map((name) => `"${project}:${name}"`).join(', ');
  try {
    const all: Series[] = [];
    let pageToken: string | undefined;
    do {
      const page = await rest.call<{ readonly timeSeries?: readonly Series[]; readonly nextPageToken?: string }>({
        ...{ method: 'monitoring.timeSeries.list', resource: 'replica_lag', verb: 'GET' },
        path: `/v3/projects/${project}/timeSeries`,
        query: {
          filter: `metric.type = "${METRIC}" AND resource.labels.database_id = one_of(${ids})`,
          'interval.startTime': timeText(now - WINDOW),
          'interval.endTime': timeText(now),
          pageToken,
        },
      });
      all.push(...(page.timeSeries ?? []));
      pageToken = page.nextPageToken === '' ? undefined : page.nextPageToken;
    } while (pageToken !== undefined);
    const of = new Map(names.map((name) => [name, samplesIn(all, `${project}:${name}`, now)]));
    return { of, obstacles: silent(of, now) };
  } catch (error) {
    if (!isGoogleCallError(error)) throw error;
    const fix =
      'see that monitoring.timeSeries.list is allowed; without it, only the databases can say how far behind they are';
    return {
      of: new Map(),
      obstacles: [{ id: 'lag-unreadable', severity: 'warn', acceptance: 'none', problem: error.message, fix }],
    };
  }
}

const timeText = (at: Instant): string => new Date(at * 1000).toISOString();

/** Oldest first. A negative lag says that it does not replicate. */
function samplesIn(all: readonly Series[], id: string, now: Instant): readonly LagSample[] {
  return all
    .filter(({ resource }) => resource?.labels?.['database_id'] === id)
    .flatMap(({ points = [] }) => points)
    .flatMap(({ interval, value }) => {
      const at = Date.parse(interval?.endTime ?? '') / 1000;
      const lag = value?.doubleValue ?? Number(value?.int64Value ?? NaN);
      return Number.isNaN(at) || Number.isNaN(lag) ? [] : [{ at: Math.min(now, at), lag: lag < 0 ? null : lag }];
    })
    .toSorted((a, b) => a.at - b.at);
}

function silent(of: Samples['of'], now: Instant): readonly Obstacle[] {
  const names = [...of].filter(([, samples]) => (samples.at(-1)?.at ?? -Infinity) < now - SILENT_AFTER);
  if (names.length === 0) return [];
  return [
    {
      ...{ id: 'lag-silent', severity: 'warn', acceptance: 'none' },
      problem: `Cloud Monitoring tells no lag of ${names.map(([name]) => name).join(' and ')} for ${SILENT_AFTER} s`,
      fix: 'a new replica needs some minutes; else see whether it runs and replicates',
    },
  ];
}
