import '../aws/_helpers/quiet-synthesis';
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { accounts } from '../../examples/around-existing-cluster';
import { TopologyStacks, type IClusterDatabase } from '../../lib/aws';
import { afterPromotion, define, type TopologyInput } from '../../lib/topology';
import { withMember } from '../_arbitraries/edits';
import { validClusterInput } from '../_arbitraries/arbitrary-cluster';
import { cloudFormationFindings, IS_THE_CDKS } from './_helpers/cloudformation-findings';
import { damages } from './_helpers/flip-safety';
import { nagFindings } from './_helpers/nag-findings';
import { PATIENCE, runs } from './_helpers/runs';
import { resourcesIn, templatesOf, type Templates } from './_helpers/templates';

/** Custom endpoints came to CloudFormation after the release of its validator that is here. */
const IS_NEWER = / F3006 Unknown resource type 'AWS::RDS::DBClusterEndpoint'$/;

/** A database of clusters, synthesised for whoever is primary. */
interface Built {
  readonly app: App;
  readonly templates: Templates;
  readonly promotable: readonly string[];
}

type Program = (app: App, primary?: string) => IClusterDatabase;

function build(program: Program, primary?: string): Built {
  const app = new App();
  const { members } = program(app, primary);
  // A headless one is promotable when it has an instance, of which a rule warns.
  const promotable = members.filter(
    ({ role, declared }) => role === 'replica' && declared.promotion !== 'never' && declared.instances?.length !== 0,
  );
  return { app, templates: templatesOf(app), promotable: promotable.map(({ memberId }) => memberId) };
}

function fromInput(input: TopologyInput): Program {
  return (app, primary) => {
    const now = primary === undefined ? input : afterPromotion(input, primary);
    const { clusters } = new TopologyStacks(app, input.name, { topology: define(now) });
    if (clusters === undefined) throw new Error('no clusters');
    return clusters;
  };
}

function fromFile(name: string): Program {
  return fromInput(inputOf(name));
}

function inputOf(name: string): TopologyInput {
  return parse(readFileSync(`examples/${name}.topology.yaml`, 'utf8')) as TopologyInput;
}

const EXAMPLES: Readonly<Record<string, Program>> = {
  'aurora-readers': fromFile('aurora-readers'),
  'aurora-global': fromFile('aurora-global'),
  'aurora-global-headless': fromFile('aurora-global-headless'),
  'aurora-global-headless with a server': fromInput(
    withMember(inputOf('aurora-global-headless'), 'melbourne', { instances: { a: {} } }),
  ),
  'multi-az-cluster': fromFile('multi-az-cluster'),
  'around-existing-cluster': (app, primary) => accounts(app, primary === undefined ? undefined : { primary }),
};

/** What every cluster is tied to by name: the global database, or the cluster that it follows. */
function ties(templates: Templates): ReadonlyMap<string, unknown> {
  const clusters = resourcesIn(templates).filter(({ Type }) => Type === 'AWS::RDS::DBCluster');
  return new Map(
    clusters.map(({ stack, logicalId, Properties = {} }) => [
      `${stack}/${logicalId}`,
      Properties['GlobalClusterIdentifier'] ?? Properties['ReplicationSourceIdentifier'],
    ]),
  );
}

describe.each(Object.entries(EXAMPLES))('%s', (_, program) => {
  const first = build(program);
  const moved = first.promotable.map((id) => build(program, id));

  it('loses, replaces and detaches nothing when the primary moves', () => {
    for (const { templates } of moved) {
      expect(damages(first.templates, templates)).toStrictEqual([]);
      expect(ties(templates)).toStrictEqual(ties(first.templates));
      expect(templates).not.toEqual(first.templates);
    }
  });

  it(
    'has nothing for CloudFormation to find, whoever is primary',
    () => {
      for (const { app } of [first, ...moved]) {
        const found = cloudFormationFindings(app).filter((each) => !IS_NEWER.test(each) && !IS_THE_CDKS.test(each));
        expect(found).toStrictEqual([]);
      }
    },
    PATIENCE,
  );

  it('has nothing for AWS Solutions to find, whoever is primary', () => {
    for (const { app } of [first, ...moved]) expect(nagFindings(app)).toStrictEqual([]);
  });
});

it('the examples move somebody: else there was nothing to prove', () => {
  expect(build(EXAMPLES['aurora-global'] as Program).promotable).toStrictEqual(['dublin']);
});

it('a cluster that is detached would be seen', () => {
  const before = build(EXAMPLES['aurora-global'] as Program).templates;
  const detached = JSON.parse(
    JSON.stringify(before, (key: string, value: unknown) => (key === 'GlobalClusterIdentifier' ? undefined : value)),
  ) as Templates;
  expect(damages(before, detached).filter((damage) => / GlobalClusterIdentifier changes$/.test(damage))).toHaveLength(
    3,
  );
});

/** What AWS Solutions rightly say of clusters that were written so. */
function deserved({ members }: TopologyInput): readonly string[] {
  const isPlain = Object.values(members).some(({ encrypted }) => encrypted === false);
  const clusters = Object.entries(members).filter(([, { retired }]) => retired !== 'removed');
  return clusters
    .map(([id, { region }]) => `AwsSolutions-RDS2 orders-${region}/Database/${id}/Resource`)
    .filter(() => isPlain)
    .toSorted();
}

describe('any topology of clusters that is accepted', () => {
  it(
    'loses nothing when the primary moves, and CloudFormation refuses nothing of it',
    () => {
      fc.assert(
        fc.property(validClusterInput({ kinds: ['cluster', 'global'] }), fc.nat({ max: 100 }), (input, chance) => {
          const program = fromInput(input);
          const first = build(program);
          const severe = cloudFormationFindings(first.app).filter(
            (finding) => !/: WARN W900[28] /.test(finding) && !IS_NEWER.test(finding),
          );
          expect(severe).toStrictEqual([]);
          expect(nagFindings(first.app)).toStrictEqual(deserved(input));
          const moved = first.promotable.slice(chance % (first.promotable.length || 1)).slice(0, 1);
          for (const id of moved) expect(damages(first.templates, build(program, id).templates)).toStrictEqual([]);
        }),
        runs(3),
      );
    },
    PATIENCE,
  );
});
