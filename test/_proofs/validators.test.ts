import '../aws/_helpers/quiet-synthesis';
import { App, Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as fc from 'fast-check';
import recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import cdk from '../../cdk.json';
import { TopologyStacks } from '../../lib/aws';
import { define, type TopologyInput } from '../../lib/topology';
import { promotableIn, validTopologyInput } from '../_arbitraries/arbitrary-topology';
import { EXAMPLES, ordersInput } from './_helpers/example-generations';
import { cloudFormationFindings, IS_THE_CDKS } from './_helpers/cloudformation-findings';
import { TopologyGeneration } from './_helpers/generation';
import { damages } from './_helpers/flip-safety';
import { acknowledgedIn, nagFindings } from './_helpers/nag-findings';
import { PATIENCE, runs } from './_helpers/runs';
import { resourcesIn, templatesOf, type Templates } from './_helpers/templates';

describe.each(Object.entries(EXAMPLES))('%s', (_, example) => {
  const first = example();
  const generations = [first, ...first.promotable.map((id) => first.promote(id))];

  it.each(generations)(
    'has nothing for CloudFormation to find when $primary is primary',
    ({ app }) => {
      expect(cloudFormationFindings(app).filter((finding) => !IS_THE_CDKS.test(finding))).toStrictEqual([]);
    },
    30_000,
  );

  it.each(generations)('has nothing for AWS Solutions to find when $primary is primary', ({ app }) => {
    expect(nagFindings(app)).toStrictEqual([]);
  });

  it('gives a reason in a sentence for all that is acknowledged', () => {
    const acknowledged = acknowledgedIn(first.app);
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const { reason } of acknowledged) expect(reason).toMatch(/^[A-Z].{40,}/);
  });
});

describe('with the feature flags that a new CDK project has', () => {
  const { context } = cdk;
  const plain = new TopologyGeneration(ordersInput());
  const app = new App({ context });
  new TopologyStacks(app, 'orders', { topology: define(ordersInput()) });

  it('there is nothing to find either', () => {
    expect(cloudFormationFindings(app).filter((finding) => !IS_THE_CDKS.test(finding))).toStrictEqual([]);
    expect(nagFindings(app)).toStrictEqual([]);
  }, 30_000);

  it('no database is replaced: flags can be turned on later', () => {
    expect(damages(plain.templates, templatesOf(app))).toStrictEqual([]);
  });

  it('they are those that aws-cdk-lib recommends', () => {
    expect(Object.keys(context).length).toBeGreaterThan(80);
    expect(recommended).toMatchObject(context);
  });
});

it('acknowledges what is inherent to a topology, and no more', () => {
  const { app } = new TopologyGeneration({
    name: 'x',
    engine: { name: 'postgres', version: '17.6' },
    primary: 'a',
    objectives: { lag: '1h' },
    members: {
      a: { region: 'eu-west-1', size: 'db.r7g.large', storage: { gib: 20 } },
      b: { region: 'eu-central-1', replicaOf: 'a', key: 'alias/aws/rds', promotion: 1 },
    },
  });
  expect(acknowledgedIn(app).map(({ path, id }) => `${path} ${id}`)).toStrictEqual([
    'x-eu-west-1/Network/Vpc Annotation::AwsSolutions-VPC7',
    'x-eu-west-1/Database/Master/Secret Annotation::AwsSolutions-SMG4',
    'x-eu-west-1/Database/a/Resource Annotation::AwsSolutions-RDS11',
    'x-eu-central-1/Network/Vpc Annotation::AwsSolutions-VPC7',
    'x-eu-central-1/Database/b/Resource Annotation::AwsSolutions-RDS11',
    'x-eu-central-1/Database/b/Resource Annotation::AwsSolutions-RDS3',
    'x-eu-central-1/Database/b/Resource Annotation::AwsSolutions-RDS2',
  ]);
});

/** What AWS Solutions rightly say of a topology that was written so. */
function deserved({ name, members, aws = {} }: TopologyInput): readonly string[] {
  return Object.entries(members)
    .filter(([, { retired }]) => retired !== 'removed')
    .flatMap(([id, { region, replicaOf, standby, encrypted }]) => {
      const path = `${name}-${region}/Database/${id}/Resource`;
      const unencrypted = (encrypted ?? originOf(members).encrypted) === false;
      return [
        ...(unencrypted ? [`AwsSolutions-RDS2 ${path}`] : []),
        ...(replicaOf === undefined && standby !== 'multi-az' ? [`AwsSolutions-RDS3 ${path}`] : []),
        ...(aws.deletionProtection === false ? [`AwsSolutions-RDS10 ${path}`] : []),
      ];
    })
    .toSorted();
}

function originOf(members: TopologyInput['members']): TopologyInput['members'][string] {
  const origin = Object.values(members).find(({ replicaOf }) => replicaOf === undefined);
  if (origin === undefined) throw new Error('no origin');
  return origin;
}

/** What CloudFormation's validator may say of a topology that was written so: docs/decisions/0006. */
function warned({ name, members, aws: { regions = {} } = {} }: TopologyInput, templates: Templates): readonly string[] {
  return resourcesIn(templates).flatMap(({ stack, logicalId, Type, Properties }) => {
    const namesTopic = regions[stack.slice(name.length + 1)]?.alarmTopic !== undefined;
    const isPlain = Object.entries(members).some(
      ([id, { encrypted, aws }]) =>
        encrypted === false && Properties?.['DBInstanceIdentifier'] === (aws?.identifier ?? `${name}-${id}`),
    );
    return [
      ...(Type === 'AWS::RDS::EventSubscription' && namesTopic
        ? [
            `${stack}/${logicalId} Properties.SnsTopicArn: WARN W9002 Property 'SnsTopicArn' has a hardcoded ARN - use Ref, GetAtt, or a parameter instead`,
          ]
        : []),
      ...(Type === 'AWS::RDS::DBInstance' && isPlain
        ? [
            `${stack}/${logicalId} Properties.StorageEncrypted: WARN W9008 RDS instance should have StorageEncrypted set to true`,
          ]
        : []),
    ];
  });
}

describe('any topology that is accepted', () => {
  it(
    'has for CloudFormation and AWS Solutions to find what it was written to have, and no more; also when somebody is promoted',
    () => {
      fc.assert(
        fc.property(validTopologyInput({ least: 2 }), fc.nat({ max: 100 }), (input, chance) => {
          const first = new TopologyGeneration(input);
          expect(cloudFormationFindings(first.app).toSorted()).toStrictEqual(warned(input, first.templates).toSorted());
          expect(nagFindings(first.app)).toStrictEqual(deserved(input));
          const candidates = promotableIn(input);
          const promoted = candidates
            .slice(chance % (candidates.length || 1))
            .slice(0, 1)
            .map((id) => first.promote(id));
          for (const { app, templates } of promoted) {
            expect(cloudFormationFindings(app).toSorted()).toStrictEqual(warned(input, templates).toSorted());
          }
        }),
        runs(3),
      );
    },
    PATIENCE,
  );
});

describe('the validators do find', () => {
  const app = new App();
  const stack = new Stack(app, 'bad', { env: { region: 'eu-west-1' } });
  new rds.CfnDBInstance(stack, 'Instance', {
    dbInstanceClass: 'db.r7g.large',
    sourceDbInstanceIdentifier: 'orders-a',
    masterUsername: 'postgres',
  });

  it('what CloudFormation refuses', () => {
    expect(cloudFormationFindings(app)).toContainEqual(expect.stringMatching(/^bad\/Instance\b.*: FATAL F3020 /));
  });

  it('what AWS Solutions advise against', () => {
    expect(nagFindings(app)).toContain('AwsSolutions-RDS10 bad/Instance');
  });
});
