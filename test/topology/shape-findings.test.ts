import { formatFinding } from '../../lib/topology';
import { shapeFindings } from '../../lib/topology/shape-findings';
import { put } from '../_helpers/put';
import { sample } from '../_helpers/sample-topology';

type Path = readonly string[];

const CASES: readonly (readonly [of: string, path: Path, value: unknown, lines: readonly string[]])[] = [
  [
    'a name with two hyphens',
    ['name'],
    'or--ders',
    [
      'error invalid-value: name: name is or--ders. Allowed: a name: lower-case letters, digits and single hyphens, a letter first, at most 50 characters. Fix: write it so.',
    ],
  ],
  [
    'a name with a digit first',
    ['name'],
    '1orders',
    [
      'error invalid-value: name: name is 1orders. Allowed: a name: lower-case letters, digits and single hyphens, a letter first, at most 50 characters. Fix: write it so.',
    ],
  ],
  [
    'a name with a hyphen last',
    ['name'],
    'orders-',
    [
      'error invalid-value: name: name is orders-. Allowed: a name: lower-case letters, digits and single hyphens, a letter first, at most 50 characters. Fix: write it so.',
    ],
  ],
  [
    'an empty name',
    ['name'],
    '',
    [
      'error invalid-value: name: name is empty. Allowed: a name: lower-case letters, digits and single hyphens, a letter first, at most 50 characters. Fix: write it so.',
    ],
  ],
  [
    'a very long name',
    ['name'],
    'o'.repeat(100),
    [
      'error invalid-value: name: name is ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo.... Allowed: a name: lower-case letters, digits and single hyphens, a letter first, at most 50 characters. Fix: write it so.',
    ],
  ],
  [
    'a version that is a number',
    ['engine', 'version'],
    17.6,
    [
      "error invalid-value: engine.version: version is 17.6. Allowed: a version in quotes, for example '17.6': without them YAML reads a number and drops zeros. Fix: write it so.",
    ],
  ],
  [
    'a misspelt engine',
    ['engine', 'name'],
    'postgresql',
    [
      'error invalid-value: engine.name: name is postgresql. Allowed: mysql, mariadb, postgres, oracle, sqlserver, db2, aurora-mysql, aurora-postgresql. Fix: did you mean postgres?',
    ],
  ],
  [
    'another engine',
    ['engine', 'name'],
    'aurora',
    [
      'error invalid-value: engine.name: name is aurora. Allowed: mysql, mariadb, postgres, oracle, sqlserver, db2, aurora-mysql, aurora-postgresql. Fix: write it so.',
    ],
  ],
  [
    'a duration that is a number',
    ['objectives', 'lag'],
    30,
    [
      'error invalid-value: objectives.lag: lag is 30. Allowed: a lag above 0s, in quotes or plain: 30s, 15m, 1h30m or 7d. Fix: write it so.',
    ],
  ],
  [
    'a duration with a fraction',
    ['heartbeat'],
    '1.5h',
    [
      'error invalid-value: heartbeat: heartbeat is 1.5h. Allowed: a time, in quotes or plain: 30s, 15m, 1h30m or 7d. Fix: write it so.',
    ],
  ],
  [
    'a volume of 19 GiB',
    ['members', 'ada', 'storage', 'gib'],
    19,
    [
      'error invalid-value: members.ada.storage.gib: gib is 19. Allowed: gibibytes: a whole number from 20 to 65536. Fix: write it so.',
    ],
  ],
  [
    'a volume of 65537 GiB',
    ['members', 'ada', 'storage', 'gib'],
    65_537,
    [
      'error invalid-value: members.ada.storage.gib: gib is 65537. Allowed: gibibytes: a whole number from 20 to 65536. Fix: write it so.',
    ],
  ],
  [
    'a volume with a fraction',
    ['members', 'ada', 'storage', 'gib'],
    20.5,
    [
      'error invalid-value: members.ada.storage.gib: gib is 20.5. Allowed: gibibytes: a whole number from 20 to 65536. Fix: write it so.',
    ],
  ],
  [
    'a misspelt volume type',
    ['members', 'ada', 'storage', 'type'],
    'gp4',
    [
      'error invalid-value: members.ada.storage.type: type is gp4. Allowed: gp2, gp3, io1, io2, aurora, aurora-iopt1, ssd, hdd, hyperdisk. Fix: did you mean gp2?',
    ],
  ],
  [
    'a priority of 0',
    ['members', 'bab', 'promotion'],
    0,
    [
      'error invalid-value: members.bab.promotion: promotion is 0. Allowed: a priority (1 is first) or never. Fix: write it so.',
    ],
  ],
  [
    'a misspelt promotion rule',
    ['members', 'bab', 'promotion'],
    'nevr',
    [
      'error invalid-value: members.bab.promotion: promotion is nevr. Allowed: a priority (1 is first) or never. Fix: write it so.',
    ],
  ],
  [
    'an encryption that is a word',
    ['members', 'ada', 'encrypted'],
    'yes',
    ['error invalid-value: members.ada.encrypted: encrypted is yes. Allowed: true or false. Fix: write it so.'],
  ],
  [
    'a tag that is a number',
    ['tags', 'cost-centre'],
    4711,
    [
      'error invalid-value: tags.cost-centre: cost-centre is 4711. Allowed: text; put numbers and true or false in quotes. Fix: write it so.',
    ],
  ],
  [
    'a port that is too low',
    ['aws', 'port'],
    1149,
    [
      'error invalid-value: aws.port: port is 1149. Allowed: a port: a whole number from 1150 to 65535. Fix: write it so.',
    ],
  ],
  [
    'one subnet',
    ['aws', 'regions', 'eu-west-1', 'vpc'],
    { id: 'vpc-0000000a', subnets: ['subnet-0000000a'] },
    [
      'error invalid-value: aws.regions.eu-west-1.vpc.subnets: subnets is a list of 1. Allowed: two or more subnet ids, in different Availability Zones. Fix: write it so.',
    ],
  ],
  [
    'a VPC that is none',
    ['aws', 'regions', 'eu-west-1', 'vpc'],
    { id: 'main', subnets: ['subnet-0000000a', 'subnet-0000000b'] },
    [
      'error invalid-value: aws.regions.eu-west-1.vpc.id: id is main. Allowed: a VPC id, for example vpc-0123456789abcdef0. Fix: write it so.',
    ],
  ],
  [
    'a CIDR block that is too large',
    ['aws', 'regions', 'eu-west-1', 'cidr'],
    '10.0.0.0/8',
    [
      'error invalid-value: aws.regions.eu-west-1.cidr: cidr is 10.0.0.0/8. Allowed: a CIDR block between /16 and /28, for example 10.1.0.0/16. Fix: write it so.',
    ],
  ],
  [
    'a topic that is none',
    ['aws', 'regions', 'eu-west-1', 'alarmTopic'],
    'alarms',
    [
      'error invalid-value: aws.regions.eu-west-1.alarmTopic: alarmTopic is alarms. Allowed: the ARN of an SNS topic. Fix: write it so.',
    ],
  ],
  [
    'an address that is none',
    ['aws', 'notify'],
    ['on-call'],
    ['error invalid-value: aws.notify.0: notify.0 is on-call. Allowed: an e-mail address. Fix: write it so.'],
  ],
  [
    'a member that is empty',
    ['members', 'bab'],
    null,
    ['error invalid-value: members.bab: bab is empty. Allowed: a mapping that describes one member. Fix: write it so.'],
  ],
];

describe('shapeFindings', () => {
  it.each(CASES)('reports %s', (_, path, value, lines) => {
    expect(shapeFindings(put(sample(), path, value)).map((finding) => formatFinding(finding))).toStrictEqual(lines);
  });

  it.each([
    ['a name of 50 characters', ['name'], 'o'.repeat(50)],
    ['a volume of 20 GiB', ['members', 'ada', 'storage', 'gib'], 20],
    ['a volume of 65536 GiB', ['members', 'ada', 'storage', 'gib'], 65_536],
    ['a priority of 1', ['members', 'bab', 'promotion'], 1],
    [
      'two subnets',
      ['aws', 'regions', 'eu-west-1', 'vpc'],
      { id: 'vpc-0000000a', subnets: ['subnet-0000000a', 'subnet-0000000b'] },
    ],
    ['a port of 1150', ['aws', 'port'], 1150],
    ['a schema for editors', ['$schema'], 'https://example.com/schema.json'],
    ['a value that is undefined', ['members', 'ada'], { ...sample().members['ada'], standby: undefined }],
  ] as readonly (readonly [string, Path, unknown])[])('accepts %s', (_, path, value) => {
    expect(shapeFindings(put(sample(), path, value))).toStrictEqual([]);
  });

  it('reports a misspelt key once, not as missing as well', () => {
    const { primary, ...rest } = sample();
    expect(shapeFindings({ ...rest, primry: primary }).map(({ code, path, fix }) => [code, path, fix])).toStrictEqual([
      ['unknown-key', ['primry'], 'did you mean primary?'],
    ]);
  });
});
