import '../aws/_helpers/quiet-synthesis';
import { ordersInput } from './_helpers/example-generations';
import { damages, replacingProperties } from './_helpers/flip-safety';
import { TopologyGeneration } from './_helpers/generation';
import { resourcesIn, type PlacedResource, type TemplateResource, type Templates } from './_helpers/templates';

const before = new TopologyGeneration(ordersInput()).templates;

function find(type: string, named = ''): PlacedResource {
  const found = resourcesIn(before).find(({ Type, logicalId }) => Type === type && logicalId.includes(named));
  if (found === undefined) throw new Error(`no ${type} ${named}`);
  return found;
}

const dublin = find('AWS::RDS::DBInstance', 'dublina');

/** The templates with one resource changed; undefined takes it away. */
function withResource({ stack, logicalId }: PlacedResource, changed: TemplateResource | undefined): Templates {
  const { [logicalId]: _, ...others } = before[stack]?.Resources ?? {};
  return { ...before, [stack]: { Resources: changed === undefined ? others : { ...others, [logicalId]: changed } } };
}

function withProperties(resource: PlacedResource, properties: Readonly<Record<string, unknown>>): Templates {
  const { stack: _stack, logicalId: _id, ...own } = resource;
  const all = { ...own.Properties, ...properties };
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return withResource(resource, { ...own, Properties: kept });
}

function place({ stack, logicalId, Type }: PlacedResource): string {
  return `${stack}/${logicalId} (${Type})`;
}

describe('the proof of flip safety fails', () => {
  it('not when nothing changes', () => {
    expect(damages(before, before)).toStrictEqual([]);
  });

  it('not for what may change', () => {
    expect(
      damages(before, withProperties(dublin, { VPCSecurityGroups: ['sg-1'], DeletionProtection: false })),
    ).toStrictEqual([]);
  });

  it.each([
    ['the source is dropped', { SourceDBInstanceIdentifier: undefined }, 'SourceDBInstanceIdentifier'],
    ['the source changes', { SourceDBInstanceIdentifier: 'orders-dublin-b' }, 'SourceDBInstanceIdentifier'],
    ['the source Region is dropped', { SourceRegion: undefined }, 'SourceRegion'],
    ['an engine is added', { Engine: 'postgres' }, 'Engine'],
    ['a master user is added', { MasterUsername: 'postgres' }, 'MasterUsername'],
    ['a database name is added', { DBName: 'orders' }, 'DBName'],
    ['encryption is added', { StorageEncrypted: true }, 'StorageEncrypted'],
    ['the key is dropped', { KmsKeyId: undefined }, 'KmsKeyId'],
    ['the subnet group changes', { DBSubnetGroupName: 'other' }, 'DBSubnetGroupName'],
    ['the parameter group changes', { DBParameterGroupName: 'other' }, 'DBParameterGroupName'],
    ['the identifier changes', { DBInstanceIdentifier: 'orders-primary' }, 'DBInstanceIdentifier'],
    ['backups change', { BackupRetentionPeriod: 35 }, 'BackupRetentionPeriod'],
    ['a standby is added', { MultiAZ: true }, 'MultiAZ'],
    ['the storage type changes', { StorageType: 'io2' }, 'StorageType'],
  ])('when %s', (_, change, property) => {
    expect(damages(before, withProperties(dublin, change))).toStrictEqual([
      `${place(dublin)} may be replaced: ${property} changes`,
    ]);
  });

  it.each([
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBSubnetGroup',
    'AWS::RDS::DBParameterGroup',
    'AWS::KMS::Key',
    'AWS::SecretsManager::Secret',
    'AWS::SNS::Topic',
    'AWS::EC2::VPC',
    'AWS::EC2::Subnet',
    'AWS::EC2::SecurityGroup',
  ])('when an %s is removed', (type) => {
    const resource = find(type);
    expect(damages(before, withResource(resource, undefined))).toStrictEqual([`${place(resource)} is removed`]);
  });

  it('when a logical id changes', () => {
    const { stack, logicalId, ...own } = dublin;
    const { [logicalId]: _, ...others } = before[stack]?.Resources ?? {};
    expect(damages(before, { ...before, [stack]: { Resources: { ...others, NewName: own } } })).toStrictEqual([
      `${place(dublin)} is removed`,
    ]);
  });

  it('when a type changes', () => {
    expect(damages(before, withResource(dublin, { Type: 'AWS::RDS::DBCluster' }))).toStrictEqual([
      `${place(dublin)} becomes AWS::RDS::DBCluster`,
    ]);
  });

  it('when a stack is left out', () => {
    const { 'orders-eu-west-1': dropped = {}, ...rest } = before;
    expect(damages(before, rest)).toHaveLength(
      resourcesIn({ dropped }).filter(({ Type }) =>
        /RDS::|KMS::Key$|SNS::Topic$|Table$|Lambda::Function$|StateMachine$|SSM::Parameter$|EC2::(VPC|Subnet|SecurityGroup)$/.test(
          Type,
        ),
      ).length,
    );
  });
});

it('the published specification knows what the explicit list of instance properties says', () => {
  expect([...replacingProperties('AWS::RDS::DBInstance')]).toEqual(
    expect.arrayContaining(['KmsKeyId', 'Engine', 'SourceDBInstanceIdentifier', 'Port']),
  );
  expect([...replacingProperties('AWS::EC2::SecurityGroup')].sort()).toStrictEqual([
    'GroupDescription',
    'GroupName',
    'VpcId',
  ]);
  expect([...replacingProperties('AWS::KMS::Key')]).toStrictEqual([]);
});
