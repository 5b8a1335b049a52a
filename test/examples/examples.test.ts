import '../aws/_helpers/quiet-synthesis';
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { stringify } from 'yaml';
import { billing } from '../../examples/existing-app';
import { catalog } from '../../examples/mysql-cascade';
import { orders } from '../../examples/orders';
import { payments } from '../../examples/promotion-runbook';
import { shard, tenants } from '../../examples/shards';
import { TopologyStacks } from '../../lib/aws';
import { parse, type Topology } from '../../lib/topology';

function templatesOf(build: (app: App) => unknown): Readonly<Record<string, unknown>> {
  const app = new App();
  build(app);
  return Object.fromEntries(app.synth().stacks.map(({ stackName, template }) => [stackName, template as unknown]));
}

/** As YAML, and without what the CDK adds to every template. */
function readable(templates: Readonly<Record<string, unknown>>): string {
  const withoutBootstrap = (key: string, value: unknown) => (/BootstrapVersion$/.test(key) ? undefined : value);
  const text = stringify(JSON.parse(JSON.stringify(templates, withoutBootstrap)), {
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
  // Both change with versions of other packages and of Node.js: what is in them has tests of its own.
  return text.replaceAll(/[0-9a-f]{64}\.zip/g, 'BUNDLE.zip').replaceAll(/H4sI[A-Za-z0-9+/]{20,}=*/g, 'TOPOLOGY');
}

function stacksOf(topology: Topology): (app: App) => TopologyStacks {
  return (app) => new TopologyStacks(app, topology.name, { topology });
}

function fromYaml(): Topology {
  return parse(readFileSync('examples/orders.topology.yaml', 'utf8'), 'examples/orders.topology.yaml');
}

it('orders.topology.yaml', () => {
  expect(readable(templatesOf(stacksOf(fromYaml())))).toMatchSnapshot();
});

it('orders.ts says the same as orders.topology.yaml', () => {
  expect(orders).toEqual(fromYaml());
  expect(templatesOf(stacksOf(orders))).toStrictEqual(templatesOf(stacksOf(fromYaml())));
});

it('existing-app.ts', () => {
  expect(readable(templatesOf(billing))).toMatchSnapshot();
});

it('mysql-cascade.ts', () => {
  expect(readable(templatesOf(catalog))).toMatchSnapshot();
});

it('promotion-runbook.ts', () => {
  expect(readable(templatesOf(payments))).toMatchSnapshot();
});

it('shards.ts: one shard, and the map', () => {
  const templates = templatesOf((app) => tenants(app));
  expect(Object.keys(templates).sort()).toStrictEqual([
    ...['00', '01', '02'].flatMap((number) => [`tenants-${number}-ca-central-1`, `tenants-${number}-us-west-2`]),
    'tenants-map-ca-central-1',
    'tenants-map-us-west-2',
  ]);
  const shown = Object.entries(templates).filter(([name]) => /-(00|map)-/.test(name));
  expect(readable(Object.fromEntries(shown))).toMatchSnapshot();
});

it('shards.ts: the shards differ in their names alone', () => {
  const templates = templatesOf((app) => tenants(app));
  for (const region of ['us-west-2', 'ca-central-1']) {
    const text = JSON.stringify(templates[`tenants-02-${region}`])
      .replaceAll('tenants-02', 'tenants-00')
      .replaceAll('"Value":"2"', '"Value":"0"');
    expect(JSON.parse(text)).toStrictEqual(templates[`tenants-00-${region}`]);
  }
});

it('shards.ts: a promotion of one shard is in the map', () => {
  const templates = templatesOf((app) => tenants(app, [shard(0), shard(1, 'montreal-a')]));
  const { Resources } = templates['tenants-map-us-west-2'] as {
    Resources: Record<string, { Properties: { Value: string } }>;
  };
  expect(Object.values(Resources).map(({ Properties }) => JSON.parse(Properties.Value) as unknown)).toStrictEqual([
    {
      'tenants-00': { primary: 'oregon-a', region: 'us-west-2', instance: 'tenants-00-oregon-a' },
      'tenants-01': { primary: 'montreal-a', region: 'ca-central-1', instance: 'tenants-01-montreal-a' },
    },
  ]);
});
