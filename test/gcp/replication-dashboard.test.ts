import { CloudSqlTopology, ReplicationDashboard } from '../../lib/gcp';
import { define, type TopologyInput } from '../../lib/topology';
import { withMember, withNew } from '../_arbitraries/edits';
import { cloudSql, pool } from '../_helpers/sample-cloud-sql';
import { engine, mockEngine, value } from './_helpers/mocked-engine';

mockEngine();

interface Tile {
  readonly xPos: number;
  readonly yPos: number;
  readonly width: number;
  readonly height: number;
  readonly widget: {
    readonly title?: string;
    readonly text?: { readonly content: string };
    readonly xyChart?: { readonly thresholds?: unknown; readonly dataSets: readonly unknown[] };
  };
}

async function tilesOf(input: TopologyInput): Promise<readonly Tile[]> {
  const database = new CloudSqlTopology('orders', { topology: define(input), rootPassword: 'hush' });
  await value(new ReplicationDashboard('page', { database }).dashboard.id);
  const made = engine.made.find(({ type }) => type === 'gcp:monitoring/dashboard:Dashboard');
  const json = JSON.parse(String(made?.inputs['dashboardJson'])) as { mosaicLayout: { tiles: readonly Tile[] } };
  return json.mosaicLayout.tiles;
}

const titlesOf = (tiles: readonly Tile[]): readonly string[] => tiles.flatMap(({ widget }) => widget.title ?? []);

test('who is who is told first', async () => {
  const retired = withMember(withNew(cloudSql(), 'reads', pool()), 'reads', { retired: 'kept' });
  const [header] = await tilesOf(retired);
  expect(header?.widget.text?.content).toBe(
    [
      'Objectives: lag 5m',
      '',
      '| Member | Region | Role |',
      '|---|---|---|',
      '| ada | europe-west1 | **primary** |',
      '| bab | europe-north1 | follows ada |',
      '| reads | europe-west1 | follows ada, retired |',
    ].join('\n'),
  );
});

test.each(['postgres', 'mysql', 'sqlserver'] as const)('%s: every member is on it', async (name) => {
  const titles = titlesOf(await tilesOf(cloudSql(name)));
  expect(titles).toStrictEqual([
    ...['Lag (below 0: not replicating)', 'Lag of the network'],
    ...(name === 'postgres' ? ['Log that replicas have not applied'] : []),
    ...['Connections', 'CPU', 'Disk in use'],
  ]);
});

test('the objective is a line, and the nodes of a pool have a chart of their own', async () => {
  const tiles = await tilesOf(withNew(cloudSql(), 'reads', pool()));
  const lag = tiles.filter(({ widget }) => widget.title?.startsWith('Lag') === true && widget.xyChart?.thresholds);
  expect(lag.map(({ widget }) => [widget.title, widget.xyChart?.thresholds])).toStrictEqual([
    ['Lag (below 0: not replicating)', [{ label: 'objective', value: 300 }]],
    ['Lag of the nodes of reads', [{ label: 'objective', value: 300 }]],
  ]);
});

test('no tile covers another, and none is out of the page', async () => {
  const tiles = await tilesOf(withNew(cloudSql(), 'reads', pool()));
  for (const tile of tiles) {
    expect(tile.xPos + tile.width).toBeLessThanOrEqual(48);
    const covered = tiles.filter(
      (other) =>
        other !== tile &&
        other.xPos < tile.xPos + tile.width &&
        tile.xPos < other.xPos + other.width &&
        other.yPos < tile.yPos + tile.height &&
        tile.yPos < other.yPos + other.height,
    );
    expect(covered).toStrictEqual([]);
  }
});
