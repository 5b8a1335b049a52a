import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ClusterOrigin } from '../../../lib/aws';
import { world, type Place } from '../_helpers/database';
import { AURORA, cluster, TWO } from './_helpers/cluster-database';

const SUBNETS = { subnetGroupName: 'databases' };

function role(place: Place): iam.Role {
  return new iam.Role(place, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

function proxyOptions(place: Place): rds.DatabaseProxyOptions {
  return { vpc: place.vpc, vpcSubnets: SUBNETS, secrets: [new secretsmanager.Secret(place, 'Secret')] };
}

function ownCluster(place: Place, props: Partial<rds.DatabaseClusterProps> = {}): rds.DatabaseCluster {
  return new rds.DatabaseCluster(place, 'Own', {
    clusterIdentifier: 'old-orders',
    engine: AURORA,
    writer: rds.ClusterInstance.provisioned('Writer'),
    vpc: place.vpc,
    vpcSubnets: SUBNETS,
    ...props,
  });
}

/** Who the servers of a template are, and what its target group waits for. */
function waiting(place: Place): readonly [readonly string[], readonly string[]] {
  const template = Template.fromStack(place);
  const servers = Object.keys(template.findResources('AWS::RDS::DBInstance'));
  const [group] = Object.values(template.findResources('AWS::RDS::DBProxyTargetGroup'));
  return [servers, (group as { DependsOn?: readonly string[] } | undefined)?.DependsOn ?? []];
}

describe('a proxy', () => {
  it('waits for the servers of the cluster: without one it has no target', () => {
    const { dublin } = world();
    cluster(dublin).primary.addProxy('Proxy', proxyOptions(dublin));
    const [servers, needed] = waiting(dublin);
    expect(servers).toHaveLength(2);
    expect(needed).toStrictEqual(expect.arrayContaining([...servers]));
  });

  it('of a cluster that is there already waits for the servers of that one', () => {
    const { dublin } = world();
    const orders = cluster(dublin, { origin: ClusterOrigin.existing('ada', ownCluster(dublin)), engine: AURORA });
    orders.primary.addProxy('Proxy', proxyOptions(dublin));
    const [servers, needed] = waiting(dublin);
    expect(servers).toHaveLength(1);
    expect(needed).toStrictEqual(expect.arrayContaining([...servers]));
  });

  it('for readers is refused of a retired cluster, which nobody is to write to', () => {
    const { dublin, paris } = world();
    const orders = cluster(dublin);
    const old = orders.addReplicaCluster('bab', { scope: paris, vpc: paris.vpc, instances: TWO, retired: 'kept' });
    expect(() => old.addReaderProxy('Proxy', proxyOptions(paris))).toThrow(
      'a proxy is to be added to bab, which is retired; allowed: the primary; fix: add the proxy to the primary, and again after a promotion',
    );
  });
});

describe('who may use the Data API', () => {
  const actions = (place: Place) => JSON.stringify(Template.fromStack(place).findResources('AWS::IAM::Policy'));

  it('of a new cluster turns it on', () => {
    const { dublin } = world();
    cluster(dublin).primary.grantDataApiAccess(role(dublin));
    expect(actions(dublin)).toContain('rds-data:ExecuteStatement');
    Template.fromStack(dublin).hasResourceProperties('AWS::RDS::DBCluster', { EnableHttpEndpoint: true });
  });

  it('of a cluster that is there already turns it on there', () => {
    const { dublin } = world();
    const orders = cluster(dublin, { origin: ClusterOrigin.existing('ada', ownCluster(dublin)), engine: AURORA });
    orders.primary.grantDataApiAccess(role(dublin));
    expect(actions(dublin)).toContain('rds-data:ExecuteStatement');
    Template.fromStack(dublin).hasResourceProperties('AWS::RDS::DBCluster', { EnableHttpEndpoint: true });
  });

  it('is off where nobody asks for it', () => {
    const { dublin } = world();
    cluster(dublin);
    const [made] = Object.values(Template.fromStack(dublin).findResources('AWS::RDS::DBCluster'));
    expect(made?.['Properties']).not.toHaveProperty('EnableHttpEndpoint');
  });
});

describe('who may log in by IAM', () => {
  const granted = (place: Place) => JSON.stringify(Template.fromStack(place).findResources('AWS::IAM::Policy'));

  it('is granted it for an own cluster that is there already', () => {
    const { dublin } = world();
    const own = ownCluster(dublin);
    const { primary } = cluster(dublin, { origin: ClusterOrigin.existing('ada', own), engine: AURORA });
    primary.grantConnect(role(dublin), 'app');
    expect(dublin.resolve(primary.clusterResourceIdentifier)).toStrictEqual(
      dublin.resolve(own.clusterResourceIdentifier),
    );
    expect(granted(dublin)).toContain('DBClusterResourceId');
  });

  it('is granted it for one that was imported with its resource id', () => {
    const { dublin } = world();
    const imported = rds.DatabaseCluster.fromDatabaseClusterAttributes(dublin, 'Imported', {
      clusterIdentifier: 'old-orders',
      clusterResourceIdentifier: 'cluster-OLD',
    });
    const { primary } = cluster(dublin, { origin: ClusterOrigin.existing('ada', imported) });
    primary.grantConnect(role(dublin), 'app');
    expect(granted(dublin)).toContain(':dbuser:cluster-OLD/app');
  });
});
