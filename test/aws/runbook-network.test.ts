import { App } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { PromotionRunbook, type RunbookNetworkOptions } from '../../lib/aws';
import { database, Place } from './_helpers/database';
import { deployed, only, policyOf, settingsIn } from './_helpers/runbook';

/** A Region with databases in isolated subnets, and with others that have a way out. */
class Dublin extends Place {
  readonly wide = new ec2.Vpc(this, 'Wide', { natGateways: 1 });
}

function dublin(network: Omit<RunbookNetworkOptions, 'vpc'> = {}): Dublin {
  const place = new Dublin(new App(), 'eu-west-1');
  const subnets = { subnets: place.vpc.isolatedSubnets };
  const orders = database(place);
  orders.addReplica('bab');
  new PromotionRunbook(place, 'Runbook', {
    database: orders,
    network: { vpc: place.vpc, vpcSubnets: subnets, ...network },
  });
  return place;
}

const runbookGroup = (place: Place): string =>
  Object.keys(
    place.template.findResources('AWS::EC2::SecurityGroup', { Properties: { GroupName: 'orders-runbook' } }),
  )[0] ?? '';

it('the functions that look are in it, and know it', () => {
  const place = dublin();
  for (const name of ['plan', 'promote', 'watch']) {
    const functionName = `understudy-orders-${name}`;
    expect(only(place, 'AWS::Lambda::Function', { FunctionName: functionName })['VpcConfig']).toMatchObject({
      SecurityGroupIds: [`${runbookGroup(place)}.GroupId`],
    });
    expect(settingsIn(place, functionName).isConnected).toBe(true);
  }
  const names = only(place, 'AWS::Lambda::Function', { FunctionName: 'understudy-orders-names' });
  expect(names).not.toHaveProperty('VpcConfig');
});

it('the members let it in, once however many there are; it reaches them and AWS, and nobody else', () => {
  const place = dublin();
  const group = runbookGroup(place);
  const rules = Object.values(deployed(place)).filter(({ Type }) => Type === 'AWS::EC2::SecurityGroupIngress');
  expect(rules.map(({ Properties }) => Properties)).toStrictEqual([
    {
      Description: 'the runbook, which asks who takes writes',
      IpProtocol: 'tcp',
      FromPort: 5432,
      ToPort: 5432,
      GroupId: expect.stringMatching(/^OrdersRegionSecurityGroup\w+\.GroupId$/) as string,
      SourceSecurityGroupId: `${group}.GroupId`,
    },
  ]);
  expect(only(place, 'AWS::EC2::SecurityGroup', { GroupName: 'orders-runbook' })['SecurityGroupEgress']).toMatchObject([
    { CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 },
    { DestinationSecurityGroupId: expect.stringMatching(/^OrdersRegionSecurityGroup/) as string, FromPort: 5432 },
  ]);
});

it('the code of the functions may do nothing of what attaches them', () => {
  const attach = [
    ...['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
    ...['ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
  ];
  const place = dublin();
  expect(policyOf(place, 'RunbookPlanRole').Statement).toContainEqual({
    Effect: 'Deny',
    Action: attach,
    Resource: '*',
    Condition: {
      ArnEquals: {
        'lambda:SourceFunctionArn': 'arn:aws:lambda:eu-west-1:123456789012:function:understudy-orders-plan',
      },
    },
  });
});

it('makes the endpoints of its Region when it is told to', () => {
  const { template } = dublin({ createEndpoints: true });
  const services = Object.values(template.findResources('AWS::EC2::VPCEndpoint')).map(({ Properties }) => {
    const { ServiceName, VpcEndpointType } = Properties as Record<string, unknown>;
    return `${String(VpcEndpointType)} ${JSON.stringify(ServiceName).replace(/.*\.(\w+)".*/, '$1')}`;
  });
  expect(services.toSorted()).toStrictEqual([
    'Gateway dynamodb',
    ...['logs', 'monitoring', 'rds', 'secretsmanager', 'sns', 'ssm'].map((name) => `Interface ${name}`),
  ]);
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: 'Endpoints of the runbook: nobody else gets in',
    SecurityGroupIngress: Match.absent(),
  });
});

describe('what it cannot reach is warned of', () => {
  const warnings = (place: Place): readonly string[] =>
    Annotations.fromStack(place)
      .findWarning('*', Match.stringLikeRegexp('the runbook of'))
      .map(({ entry }) => entry.data as string);

  it('with isolated subnets', () => {
    expect(warnings(dublin())).toStrictEqual([
      'the runbook of orders is attached to isolated subnets. Allowed: subnets with endpoints of rds, monitoring, ssm, secretsmanager, sns, logs and a gateway endpoint of dynamodb, and a NAT gateway for RDS of the other Regions and for Route 53. Fix: choose subnets with a way out, or say createEndpoints; acknowledge this when the way is there and the program cannot see it. [ack: db-understudy:runbook-isolated]',
    ]);
  });

  it('with isolated subnets and endpoints, which are of one Region', () => {
    expect(warnings(dublin({ createEndpoints: true }))).toStrictEqual([
      'the runbook of orders is attached to isolated subnets. Allowed: subnets with a NAT gateway, for RDS of the other Regions and for Route 53: endpoints are regional. Fix: choose subnets with a way out; acknowledge this when the way is there and the program cannot see it. [ack: db-understudy:runbook-regional]',
    ]);
  });

  it('and not with a way out, which is what it takes by itself', () => {
    const place = new Dublin(new App(), 'eu-west-1');
    const orders = database(place);
    new PromotionRunbook(place, 'Runbook', { database: orders, network: { vpc: place.wide } });
    expect(warnings(place)).toStrictEqual([]);
  });
});
