import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { parse, stringify } from 'yaml';
import { FakeEngine, type Deployed, type Up } from '../gcp/_engine/fake-engine';

const EXAMPLES = resolve(__dirname, '../../examples');

let engine: FakeEngine;

beforeEach(async () => {
  const config = {
    ...{ 'gcp:project': 'acme-prod', 'shop:network': 'projects/acme-prod/global/networks/main' },
    ...{ 'shop:onCall': 'on-call@example.com', 'shop:shopPassword': 'first secret' },
    ...{ 'shop:rootPassword': 'second secret', 'shop:runbookPassword': 'third secret' },
  };
  pulumi.runtime.setAllConfig(
    config,
    Object.keys(config).filter((key) => key.endsWith('Password')),
  );
  engine = await FakeEngine.start();
});
afterEach(() => engine.close());

/** The program is evaluated anew each time, as by `pulumi up`. */
const up = (example: string, how?: Up): Promise<Deployed> =>
  engine.up(() => {
    let outputs: unknown;
    jest.isolateModules(() => {
      outputs = jest.requireActual(join(EXAMPLES, example));
    });
    return outputs;
  }, how);

const NAMES = ['cloud-sql-postgres', 'cloud-sql-mysql-cascade', 'cloud-sql-read-pool'];

test.each(NAMES)('%s', async (name) => {
  const first = await up(name);
  expect(first.error).toBeUndefined();
  const made = [...engine.state].map(([urn, { inputs, isProtected }]) => [urn, { isProtected, inputs }] as const);
  // Each in its place, whichever was asked for first.
  const sorted = made.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = stringify(Object.fromEntries(sorted), { lineWidth: 0, aliasDuplicateObjects: false });
  // What compression makes of it is the machine's business, and where the bundle is, too.
  const plain = text.replaceAll(/H4sI[A-Za-z0-9+/]{20,}=*/g, 'TOPOLOGY').replaceAll(resolve(EXAMPLES, '..'), 'PACKAGE');
  expect(plain).toMatchSnapshot();
  await up(name, { refresh: true });
  const third = await up(name, { refresh: true });
  expect({ steps: third.steps, logged: third.logged }).toStrictEqual({ steps: [], logged: [] });
});

interface Declared {
  readonly type?: string;
  readonly secret?: boolean;
}

test.each(NAMES)('%s is a whole project', (name) => {
  const read = (file: string): string => readFileSync(join(EXAMPLES, name, file), 'utf8');
  const project = parse(read('Pulumi.yaml')) as { readonly config?: Record<string, Declared> };
  expect(project).toMatchObject({ name, runtime: 'nodejs' });
  // What the program asks for is what `pulumi up` asks a person for. Pulumi takes no key of another namespace without a value.
  const asked = [...read('index.ts').matchAll(/config\.(require\w*)\('(\w+)'\)/g)].map(([, how, key]) => [key, how]);
  const declared = Object.entries(project.config ?? {}).map(([key, { type, secret }]) => {
    expect({ key, type }).toStrictEqual({ key: expect.stringMatching(/^\w+$/) as string, type: 'string' });
    return [key, secret === true ? 'requireSecret' : 'require'];
  });
  expect(new Map(declared as [string, string][])).toStrictEqual(new Map(asked as [string, string][]));
  const { peerDependencies } = JSON.parse(readFileSync(resolve(EXAMPLES, '../package.json'), 'utf8')) as {
    peerDependencies: Record<string, string>;
  };
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const floors = Object.keys(dependencies).filter((each) => each.startsWith('@pulumi/'));
  for (const each of floors) expect(peerDependencies[each]).toContain(dependencies[each]?.slice(1));
  expect(floors).toHaveLength(2);
});
