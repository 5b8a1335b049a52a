import { Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { database, DB2, MYSQL, SQL_SERVER, world, XLARGE } from './_helpers/database';

describe('what the members of a Region share', () => {
  it('is there once for each Region, however many members it has', () => {
    const { dublin, paris } = world();
    const orders = database(dublin);
    orders.addReplica('bab');
    orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key() });
    orders.addReplica('dee', { scope: paris, replicaOf: 'cyd' });
    for (const { template } of [dublin, paris]) {
      template.resourceCountIs('AWS::RDS::DBInstance', 2);
      template.resourceCountIs('AWS::RDS::DBSubnetGroup', 1);
      template.resourceCountIs('AWS::RDS::DBParameterGroup', 1);
      template.resourceCountIs('AWS::EC2::SecurityGroup', 2);
    }
  });

  it('has names without a role', () => {
    const { dublin } = world();
    database(dublin, { settings: { parameters: { 'rds.force_ssl': '1' } } });
    const { template } = dublin;
    template.hasResourceProperties('AWS::RDS::DBSubnetGroup', {
      DBSubnetGroupName: 'orders',
      DBSubnetGroupDescription: 'Subnets of orders',
      SubnetIds: dublin.resolve(dublin.vpc.isolatedSubnets.map(({ subnetId }) => subnetId)) as unknown,
    });
    template.hasResourceProperties('AWS::RDS::DBParameterGroup', {
      DBParameterGroupName: 'orders-postgres17',
      Description: 'Parameters of orders on postgres',
      Family: 'postgres17',
      Parameters: { 'rds.force_ssl': '1' },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupName: 'orders-members',
      GroupDescription: 'Members of orders',
    });
  });

  it('fences with a security group that lets nobody in', () => {
    const { dublin } = world();
    const orders = database(dublin);
    orders.primary.connections.allowDefaultPortFromAnyIpv4();
    const [quarantine] = Object.values(
      dublin.template.findResources('AWS::EC2::SecurityGroup', { Properties: { GroupName: 'orders-quarantine' } }),
    );
    expect(quarantine?.['Properties']).toStrictEqual({
      GroupName: 'orders-quarantine',
      GroupDescription: 'Fence of orders: nobody gets in',
      SecurityGroupEgress: [
        {
          CidrIp: '255.255.255.255/32',
          Description: 'Disallow all traffic',
          FromPort: 252,
          IpProtocol: 'icmp',
          ToPort: 86,
        },
      ],
      Tags: [{ Key: 'Name', Value: 'orders-quarantine' }],
      VpcId: { Ref: 'Vpc8378EB38' },
    });
  });

  it('moves a member that is a major ahead to a parameter group of that family', () => {
    const { dublin } = world();
    database(dublin, { engine: MYSQL, of: { engineVersion: '8.0.46' } }).addReplica('bab', { engineVersion: '8.4.7' });
    dublin.template.resourceCountIs('AWS::RDS::DBParameterGroup', 2);
    const groups = ['ada', 'bab'].map((id) => dublin.instance(`orders-${id}`)['DBParameterGroupName']);
    expect(groups).toStrictEqual([
      { Ref: expect.stringMatching(/^OrdersRegionParametersmysql80/) as unknown },
      { Ref: expect.stringMatching(/^OrdersRegionParametersmysql84/) as unknown },
    ]);
  });

  it('delays PostgreSQL by a parameter group of its own', () => {
    const { dublin } = world();
    const orders = database(dublin, { settings: { parameters: { 'rds.force_ssl': '1' } } });
    orders.addReplica('bab', { delay: Duration.hours(1) });
    orders.addReplica('cyd', { delay: Duration.hours(1) });
    dublin.template.resourceCountIs('AWS::RDS::DBParameterGroup', 2);
    dublin.template.hasResourceProperties('AWS::RDS::DBParameterGroup', {
      DBParameterGroupName: 'orders-postgres17-delay-3600s',
      Family: 'postgres17',
      Parameters: { 'rds.force_ssl': '1', recovery_min_apply_delay: '3600000' },
    });
    expect(dublin.instance('orders-bab')['DBParameterGroupName']).toStrictEqual(
      dublin.instance('orders-cyd')['DBParameterGroupName'],
    );
  });

  it('does not delay MySQL, which has a procedure for it', () => {
    const { dublin } = world();
    database(dublin, { engine: MYSQL }).addReplica('bab', { delay: Duration.hours(1) });
    dublin.template.resourceCountIs('AWS::RDS::DBParameterGroup', 1);
  });

  it.each([
    ['sqlserver-ee-16.0', SQL_SERVER, {}],
    ['db2-ae-11.5', DB2, {}],
    ['mysql8.4', MYSQL, {}],
  ])('has the family %s', (family, engine, settings) => {
    const { dublin } = world();
    database(dublin, { engine, settings, of: { instanceType: XLARGE } });
    dublin.template.hasResourceProperties('AWS::RDS::DBParameterGroup', { Family: family });
  });

  it('is in private subnets where there are no isolated ones, or where it is told', () => {
    const { app, dublin } = world();
    const other = new Stack(app, 'other', { env: { region: 'us-east-1' } });
    const vpc = new ec2.Vpc(other, 'Vpc', { natGateways: 1 });
    const orders = database(dublin, { vpcSubnets: { subnets: dublin.vpc.isolatedSubnets.slice(0, 1) } });
    orders.addReplica('bab', { scope: other, vpc, encryptionKey: dublin.key() });
    expect(dublin.resolve(orders.foundationIn(dublin).subnetGroup.subnetIds)).toHaveLength(1);
    expect(other.resolve(orders.foundationIn(other).subnetGroup.subnetIds)).toStrictEqual(
      other.resolve(vpc.privateSubnets.map(({ subnetId }) => subnetId)),
    );
  });
});

describe('a network that cannot be', () => {
  it('is missing in the Region of the origin', () => {
    const { dublin } = world();
    expect(() => database(dublin, { vpc: undefined })).toThrow(
      'orders has no VPC for eu-west-1; allowed: the VPC of that Region; fix: pass vpc with the first member there',
    );
  });

  it('is missing in another', () => {
    const { dublin, paris } = world();
    expect(() => database(dublin).addReplica('bab', { scope: paris })).toThrow(
      'orders has no VPC for eu-west-3; allowed: the VPC of that Region; fix: pass vpc with the first member there',
    );
  });

  it('is another than that of the members before', () => {
    const { dublin } = world();
    const vpc = new ec2.Vpc(dublin, 'Second');
    expect(() => database(dublin).addReplica('bab', { vpc })).toThrow(
      'a member of orders in eu-west-1 is given the VPC eu-west-1/Second; allowed: eu-west-1/Vpc, RDS wants all replicas of one Region in one VPC; fix: leave vpc out',
    );
  });

  it('is in another stack than that of the members before', () => {
    const { app, dublin } = world();
    const second = new Stack(app, 'second', { env: { region: 'eu-west-1' } });
    expect(() => database(dublin).addReplica('bab', { scope: second })).toThrow(
      'a member of orders in eu-west-1 is given the stack second; allowed: eu-west-1, all members of one Region share groups that are there; fix: pass a scope in that stack',
    );
  });
});
