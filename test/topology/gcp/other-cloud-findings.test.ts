import { check, formatFinding, type TopologyInput } from '../../../lib/topology';
import { withMember } from '../../_arbitraries/edits';
import { cloudSql } from '../../_helpers/sample-cloud-sql';
import { sample } from '../../_helpers/sample-topology';

function linesOf(input: TopologyInput): readonly string[] {
  return check(input).findings.map((finding) => formatFinding(finding));
}

const AWS_KEY = 'alias/aws/rds';
const GOOGLE_KEY = 'projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k';

describe('what a file for Google cannot say', () => {
  it.each([
    [
      'the section of AWS',
      { ...cloudSql(), aws: {} },
      'error other-cloud: aws: the section aws is there, and the cloud is gcp. Allowed: gcp. Fix: take it away, or write `cloud: aws`.',
    ],
    [
      'that of a member',
      withMember(cloudSql(), 'bab', { aws: { delay: '1h' } }),
      'error other-cloud: members.bab.aws: the section aws is there, and the cloud is gcp. Allowed: gcp. Fix: take it away, or write `cloud: aws`.',
    ],
    [
      'another engine',
      { ...cloudSql(), engine: { name: 'mariadb', version: '11.4' } },
      'error other-cloud: engine.name: engine.name is mariadb, which is not for the cloud gcp. Allowed: mysql, postgres, sqlserver. Fix: write it so.',
    ],
    [
      'an engine of Aurora',
      { ...cloudSql(), engine: { name: 'aurora-mysql', version: '8.0.mysql_aurora.3.08.2' } },
      'error other-cloud: engine.name: engine.name is aurora-mysql, which is not for the cloud gcp. Allowed: mysql, postgres, sqlserver. Fix: write it so.',
    ],
    [
      'another kind',
      { ...cloudSql(), kind: 'global' },
      'error other-cloud: kind: kind is global, which is not for the cloud gcp. Allowed: instances. Fix: write it so.',
    ],
    [
      'instances of a cluster',
      withMember(cloudSql(), 'bab', { instances: {} }),
      'error other-cloud: members.bab.instances: instances is {}, which is not for the cloud gcp. Allowed: a size: members on Google are instances themselves. Fix: write it so.',
    ],
    [
      'another standby',
      withMember(cloudSql(), 'bab', { standby: 'multi-az' }),
      'error other-cloud: members.bab.standby: standby is multi-az, which is not for the cloud gcp. Allowed: none, regional. Fix: write it so.',
    ],
    [
      'another volume',
      withMember(cloudSql(), 'ada', { storage: { gib: 100, type: 'gp3' } }),
      'error other-cloud: members.ada.storage.type: storage.type is gp3, which is not for the cloud gcp. Allowed: ssd, hdd, hyperdisk. Fix: write it so.',
    ],
    [
      'a database in the clear',
      withMember(cloudSql(), 'ada', { encrypted: false }),
      'error other-cloud: members.ada.encrypted: encrypted is false, which is not for the cloud gcp. Allowed: true: Google encrypts everything. Fix: write it so.',
    ],
    [
      'a key of AWS',
      withMember(cloudSql(), 'ada', { key: AWS_KEY }),
      'error other-cloud: members.ada.key: key is alias/aws/rds, which is not for the cloud gcp. Allowed: projects/PROJECT/locations/REGION/keyRings/RING/cryptoKeys/KEY, which exists. Fix: write it so.',
    ],
  ] as readonly [string, TopologyInput, string][])('is refused: %s', (_, input, line) => {
    expect(linesOf(input)).toStrictEqual([line]);
  });
});

describe('what a file for AWS cannot say', () => {
  it.each([
    [
      'the section of Google',
      { ...sample(), gcp: {} },
      'error other-cloud: gcp: the section gcp is there, and the cloud is aws. Allowed: aws. Fix: take it away, or write `cloud: gcp`.',
    ],
    [
      'that of a member',
      withMember(sample(), 'bab', { gcp: { name: 'x' } }),
      'error other-cloud: members.bab.gcp: the section gcp is there, and the cloud is aws. Allowed: aws. Fix: take it away, or write `cloud: gcp`.',
    ],
    [
      'another standby',
      withMember(sample(), 'bab', { standby: 'regional' }),
      'error other-cloud: members.bab.standby: standby is regional, which is not for the cloud aws. Allowed: none, multi-az. Fix: write it so.',
    ],
    [
      'another volume',
      withMember(sample(), 'ada', { storage: { gib: 100, type: 'ssd' } }),
      'error other-cloud: members.ada.storage.type: storage.type is ssd, which is not for the cloud aws. Allowed: gp2, gp3, io1, io2, aurora, aurora-iopt1. Fix: write it so.',
    ],
    [
      'a key of Google',
      withMember(sample(), 'ada', { key: GOOGLE_KEY }),
      'error other-cloud: members.ada.key: key is projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k, which is not for the cloud aws. Allowed: create, or the ARN, alias or id of a KMS key. Fix: write it so.',
    ],
  ] as readonly [string, TopologyInput, string][])('is refused: %s', (_, input, line) => {
    expect(linesOf(input)).toStrictEqual([line]);
  });
});

it('judges nothing by the other cloud while the cloud itself is misspelt', () => {
  expect(linesOf({ ...cloudSql(), cloud: 'gpc' as 'gcp' })).toStrictEqual([
    'error invalid-value: cloud: cloud is gpc. Allowed: aws, gcp. Fix: did you mean gcp?',
  ]);
});
