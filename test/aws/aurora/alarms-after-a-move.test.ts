import type { Template } from 'aws-cdk-lib/assertions';
import { sampleCluster, sampleGlobal, sampleMultiAz } from '../../_helpers/sample-cluster';
import { redMinutes, type Series } from '../_helpers/alarm-states';
import { propertiesOf, stacksOf } from './_helpers/cluster-stacks';

/** When the primary moves, and how long the story is, in minutes. */
const [MOVE, END] = [90, 240] as const;

/** Alarms that are red at some time, with the first and the last minute at which they are. */
function red(templates: readonly Template[], series: Series): Readonly<Record<string, readonly [number, number]>> {
  const alarms = templates.flatMap((template) => propertiesOf(template, 'AWS::CloudWatch::Alarm'));
  const minutes = alarms.map((alarm) => [String(alarm['AlarmName']), redMinutes(alarm, series, END)] as const);
  return Object.fromEntries(
    minutes.flatMap(([name, all]) => (all.length > 0 ? [[name, [all[0] ?? 0, all.at(-1) ?? 0] as const]] : [])),
  );
}

const LAST = END - 1;

describe('a global database, whose program says that ada is the primary', () => {
  const both = (primary: string): readonly Template[] =>
    ['eu-west-1', 'us-east-1'].map((region) => stacksOf({ ...sampleGlobal(), primary })(region));
  const before = both('ada');

  interface Story {
    /** Milliseconds that the secondary is behind. */
    readonly lag?: (minute: number) => number | undefined;
    /** Milliseconds that the readers of the primary are behind. */
    readonly readers?: (minute: number) => number | undefined;
    readonly moves?: boolean;
  }

  /** Of the lag between Regions the secondary tells, of the lag of readers the writer: whoever that is at the time. */
  const told =
    ({ lag = () => 40, readers = () => 20, moves = true }: Story): Series =>
    (metric, of, minute) => {
      const isPrimary = of.startsWith('orders-ada') === (!moves || minute < MOVE);
      if (metric === 'AuroraGlobalDBRPOLag') return isPrimary ? undefined : lag(minute);
      if (metric === 'AuroraReplicaLagMaximum') return isPrimary ? readers(minute) : undefined;
      return metric === 'AuroraReplicaLag' && of.endsWith('-i1') ? 20 : undefined;
    };

  it('is quiet while all is well', () => {
    expect(red(before, told({ moves: false }))).toStrictEqual({});
  });

  it('tells after a switchover, and until the next deployment, of nothing but a secondary that is the primary now', () => {
    expect(red(before, told({}))).toStrictEqual({ 'orders-bab-replication-silent': [MOVE + 4, LAST] });
  });

  it('is quiet from the deployment on that says so', () => {
    expect(red(both('bab'), (metric, of, minute) => told({})(metric, of, minute + MOVE + 10))).toStrictEqual({});
    // Even if the hour that it remembers was another's.
    const all = red(both('bab'), told({}));
    expect(Object.values(all).filter(([, last]) => last > MOVE + 5)).toStrictEqual([]);
  });

  it('does not stay red when what was late becomes the primary', () => {
    const lag = (minute: number): number => (minute >= MOVE - 20 && minute < MOVE ? 700_000 : 40);
    expect(red(before, told({ lag }))).toMatchObject({
      'orders-bab-replication-late': [MOVE - 19, MOVE],
      'orders-bab-replication-silent': [MOVE + 4, LAST],
    });
  });

  it('sees that the new secondary is late, stands still or is silent, before anybody deploys', () => {
    const late = red(before, told({ lag: (minute) => (minute < MOVE + 30 ? 40 : 700_000) }));
    expect(late['orders-ada-replication-late']).toStrictEqual([MOVE + 31, LAST]);
    const standing = red(before, told({ lag: (minute) => (minute < MOVE + 30 ? 40 : (minute - MOVE - 30) * 60_000) }));
    expect(standing['orders-ada-replication-broken']).toStrictEqual([MOVE + 35, LAST]);
    const silent = red(before, told({ lag: (minute) => (minute < MOVE + 30 ? 40 : undefined) }));
    // For an hour: what it remembers is forgotten then.
    expect(silent['orders-ada-replication-silent']).toStrictEqual([MOVE + 34, MOVE + 30 + 58]);
  });

  it('hears that the readers of the new primary are silent, before anybody deploys', () => {
    const story = told({ readers: (minute) => (minute < MOVE + 30 ? 20 : undefined) });
    expect(red(before, story)['orders-bab-readers-silent']).toStrictEqual([MOVE + 34, MOVE + 30 + 58]);
  });

  it('hears that the readers of the primary, or the link to the secondary, are silent, where nothing has moved', () => {
    const gone = (minute: number): number | undefined => (minute < MOVE ? 20 : undefined);
    expect(red(before, told({ readers: gone, moves: false }))).toStrictEqual({
      'orders-ada-readers-silent': [MOVE + 4, LAST],
    });
    expect(red(before, told({ lag: gone, moves: false }))).toStrictEqual({
      'orders-bab-replication-silent': [MOVE + 4, LAST],
    });
  });
});

it('a late reader of a cluster that becomes its writer does not stay red', () => {
  const story: Series = (metric, of, minute) => {
    if (metric === 'AuroraReplicaLagMaximum') return minute < MOVE ? 700_000 : 20;
    const isWriter = of.endsWith('-i0') === minute < MOVE;
    return isWriter ? undefined : minute < MOVE ? 700_000 : 20;
  };
  expect(red([stacksOf(sampleCluster())('eu-west-1')], story)).toStrictEqual({
    'orders-ada-readers-late': [3, MOVE],
    'orders-ada-i1-replication-late': [3, MOVE],
  });
});

describe('a Multi-AZ DB cluster', () => {
  const templates = [stacksOf(sampleMultiAz())('eu-west-1')];
  /** Its first server writes until the writer moves to the second. */
  const told =
    (lag: (server: number, minute: number) => number | undefined): Series =>
    (metric, of, minute) => {
      const server = Number(of.at(-1));
      return metric === 'ReplicaLag' && server !== (minute < MOVE ? 1 : 2) ? lag(server, minute) : undefined;
    };

  it('is quiet while all is well, whoever of its servers writes', () => {
    expect(
      red(
        templates,
        told(() => 0),
      ),
    ).toStrictEqual({});
  });

  it('tells which reader is late, and not after it has become the writer', () => {
    const late = told((server) => (server === 2 ? 5000 : 0));
    expect(red(templates, late)).toStrictEqual({ 'orders-ada-instance-2-replication-late': [3, MOVE] });
  });

  it('tells which reader has replayed nothing for longer than an idle writer explains', () => {
    const standing = told((server, minute) => (server === 3 && minute > 100 ? (minute - 100) * 60 : 0));
    expect(Object.keys(red(templates, standing))).toStrictEqual([
      'orders-ada-instance-3-replication-late',
      'orders-ada-instance-3-replication-broken',
    ]);
  });

  it('tells that a reader is not heard of, or that RDS names the servers otherwise', () => {
    const silent = told((server, minute) => (server === 3 && minute >= 120 ? undefined : 0));
    expect(red(templates, silent)).toStrictEqual({ 'orders-ada-readers-silent': [124, LAST] });
    expect(Object.keys(red(templates, () => undefined))).toStrictEqual(['orders-ada-readers-silent']);
  });
});
