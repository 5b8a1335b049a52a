import { formatFinding } from '../../lib/topology';
import { shapeFindings } from '../../lib/topology/shape-findings';
import { put } from '../_helpers/put';
import { sample } from '../_helpers/sample-topology';

type Path = readonly string[];

const CASES: readonly (readonly [of: string, path: Path, value: unknown, lines: readonly string[]])[] = [
  [
    'an unknown key',
    ['colour'],
    'red',
    [
      'error unknown-key: colour: colour is no known key. Allowed: name, cloud, kind, engine, primary, objectives, heartbeat, tags, members, aws, gcp. Fix: did you mean cloud?',
    ],
  ],
  [
    'a misspelt key',
    ['objektives'],
    {},
    [
      'error unknown-key: objektives: objektives is no known key. Allowed: name, cloud, kind, engine, primary, objectives, heartbeat, tags, members, aws, gcp. Fix: did you mean objectives?',
    ],
  ],
  [
    'a misspelt key of a member',
    ['members', 'bab', 'retension'],
    '7d',
    [
      'error unknown-key: members.bab.retension: retension is no known key. Allowed: region, replicaOf, size, instances, version, storage, standby, promotion, retention, encrypted, key, retired, tags, aws, gcp. Fix: did you mean retention?',
    ],
  ],
  [
    'a misspelt key of a volume',
    ['members', 'ada', 'storage', 'gibs'],
    100,
    [
      'error unknown-key: members.ada.storage.gibs: gibs is no known key. Allowed: gib, type, iops, throughput, growTo. Fix: did you mean gib?',
    ],
  ],
  [
    'a misspelt key of a Region',
    ['aws', 'regions', 'eu-west-1', 'cdir'],
    '10.0.0.0/16',
    [
      'error unknown-key: aws.regions.eu-west-1.cdir: cdir is no known key. Allowed: vpc, cidr, alarmTopic. Fix: did you mean cidr?',
    ],
  ],
  [
    'a key that would be a prototype',
    ['members', 'ada', 'tags'],
    JSON.parse('{"__proto__": "x"}'),
    [
      'error unknown-key: members.ada.tags.__proto__: __proto__ is no known key. Allowed: any other key. Fix: take it away.',
    ],
  ],
  [
    'a missing name',
    ['name'],
    undefined,
    [
      'error missing-value: name: name is missing. Allowed: a name: lower-case letters, digits and single hyphens, a letter first, at most 50 characters. Fix: add name.',
    ],
  ],
  [
    'a missing lag',
    ['objectives', 'lag'],
    undefined,
    [
      'error missing-value: objectives.lag: lag is missing. Allowed: a lag above 0s, in quotes or plain: 30s, 15m, 1h30m or 7d. Fix: add lag.',
    ],
  ],
  [
    'a missing Region',
    ['members', 'bab', 'region'],
    undefined,
    [
      'error missing-value: members.bab.region: region is missing. Allowed: a Region, for example eu-west-1. Fix: add region.',
    ],
  ],
  [
    'missing members',
    ['members'],
    undefined,
    ['error missing-value: members: members is missing. Allowed: a mapping of ids to members. Fix: add members.'],
  ],
  [
    'no members',
    ['members'],
    {},
    [
      'error invalid-value: members: members is a mapping of nothing. Allowed: a mapping of ids to members, at least one. Fix: write it so.',
    ],
  ],
  [
    'members in a list',
    ['members'],
    ['ada', 'bab'],
    ['error invalid-value: members: members is a list of 2. Allowed: a mapping of ids to members. Fix: write it so.'],
  ],
  [
    'an id with a capital',
    ['members', 'Ada'],
    sample().members['ada'],
    [
      'error invalid-value: members.Ada: the id is Ada. Allowed: an id: lower-case letters, digits and single hyphens, a letter first, at most 50 characters. Fix: write it so.',
    ],
  ],
  [
    'an id of 51 characters',
    ['members', 'a'.repeat(51)],
    sample().members['ada'],
    [
      'error invalid-value: members.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: the id is aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa. Allowed: an id: lower-case letters, digits and single hyphens, a letter first, at most 50 characters. Fix: write it so.',
    ],
  ],
];

describe('shapeFindings', () => {
  it.each(CASES)('reports %s', (_, path, value, lines) => {
    expect(shapeFindings(put(sample(), path, value)).map((finding) => formatFinding(finding))).toStrictEqual(lines);
  });
});
