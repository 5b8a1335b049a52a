import '../aws/_helpers/quiet-synthesis';
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { stringify } from 'yaml';
import { accounts } from '../../examples/around-existing-cluster';
import { TopologyStacks } from '../../lib/aws';
import { parse } from '../../lib/topology';

/** As YAML, and without what the CDK adds to every template. */
function readable(build: (app: App) => unknown): string {
  const app = new App();
  build(app);
  const templates = Object.fromEntries(
    app.synth().stacks.map(({ stackName, template }) => [stackName, template as unknown]),
  );
  const withoutBootstrap = (key: string, value: unknown) => (/BootstrapVersion$/.test(key) ? undefined : value);
  const text = stringify(JSON.parse(JSON.stringify(templates, withoutBootstrap)), {
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
  // Both change with versions of other packages and of Node.js: what is in them has tests of its own.
  return text.replaceAll(/[0-9a-f]{64}\.zip/g, 'BUNDLE.zip').replaceAll(/H4sI[A-Za-z0-9+/]{20,}=*/g, 'TOPOLOGY');
}

it.each(['aurora-readers', 'aurora-global', 'aurora-global-headless', 'multi-az-cluster'])('%s', (name) => {
  const file = `examples/${name}.topology.yaml`;
  const topology = parse(readFileSync(file, 'utf8'), file);
  expect(readable((app) => new TopologyStacks(app, topology.name, { topology }))).toMatchSnapshot();
});

it('around-existing-cluster', () => {
  expect(readable((app) => accounts(app))).toMatchSnapshot();
});
