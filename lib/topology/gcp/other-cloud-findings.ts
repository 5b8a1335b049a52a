import type { Finding } from '../finding';
import { CLOUD_SQL_ENGINES } from './database-version';

type Values = Readonly<Record<string, unknown>>;

interface Word {
  /** Where: below the topology or below a member. */
  readonly path: readonly string[];
  /** Whether the value, which is there, is none of this cloud's. */
  readonly isForeign: (value: unknown) => boolean;
  readonly allowed: string;
}

const among = (words: readonly unknown[]) => (value: unknown) => words.includes(value);
const matching = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const always = () => true;

const GOOGLE_KEY = /^projects\//;

/** What a file for Google cannot say. */
const NOT_ON_GOOGLE: { readonly topology: readonly Word[]; readonly member: readonly Word[] } = {
  topology: [
    { path: ['aws'], isForeign: always, allowed: 'gcp' },
    { path: ['kind'], isForeign: matching(/^(?!instances$)/), allowed: 'instances' },
    {
      path: ['engine', 'name'],
      isForeign: among(['mariadb', 'oracle', 'db2', 'aurora-mysql', 'aurora-postgresql']),
      allowed: CLOUD_SQL_ENGINES.join(', '),
    },
  ],
  member: [
    { path: ['aws'], isForeign: always, allowed: 'gcp' },
    { path: ['instances'], isForeign: always, allowed: 'a size: members on Google are instances themselves' },
    { path: ['standby'], isForeign: among(['multi-az']), allowed: 'none, regional' },
    { path: ['storage', 'type'], isForeign: matching(/^((gp|io)\d|aurora.*)$/), allowed: 'ssd, hdd, hyperdisk' },
    { path: ['encrypted'], isForeign: among([false]), allowed: 'true: Google encrypts everything' },
    {
      path: ['key'],
      isForeign: matching(/^(?!projects\/)/),
      allowed: 'projects/PROJECT/locations/REGION/keyRings/RING/cryptoKeys/KEY, which exists',
    },
  ],
};

/** What a file for AWS cannot say. */
const NOT_ON_AWS: typeof NOT_ON_GOOGLE = {
  topology: [{ path: ['gcp'], isForeign: always, allowed: 'aws' }],
  member: [
    { path: ['gcp'], isForeign: always, allowed: 'aws' },
    { path: ['standby'], isForeign: among(['regional']), allowed: 'none, multi-az' },
    {
      path: ['storage', 'type'],
      isForeign: matching(/^(ssd|hdd|hyperdisk)$/),
      allowed: 'gp2, gp3, io1, io2, aurora, aurora-iopt1',
    },
    { path: ['key'], isForeign: matching(GOOGLE_KEY), allowed: 'create, or the ARN, alias or id of a KMS key' },
  ],
};

/** Sections and words of the other cloud. Looks at whatever was written. */
export function otherCloudFindings(input: unknown): readonly Finding[] {
  if (!isMapping(input)) return [];
  const cloud = input['cloud'] ?? 'aws';
  if (cloud !== 'aws' && cloud !== 'gcp') return [];
  const words = cloud === 'gcp' ? NOT_ON_GOOGLE : NOT_ON_AWS;
  const members = isMapping(input['members']) ? Object.entries(input['members']) : [];
  return [
    ...words.topology.flatMap((word) => findingOf(word, input, [], cloud)),
    ...members.flatMap(([id, member]) =>
      isMapping(member) ? words.member.flatMap((word) => findingOf(word, member, ['members', id], cloud)) : [],
    ),
  ];
}

function findingOf(word: Word, values: Values, above: readonly string[], cloud: 'aws' | 'gcp'): readonly Finding[] {
  const found = word.path.reduce<unknown>((value, key) => (isMapping(value) ? value[key] : undefined), values);
  if (found === undefined || !word.isForeign(found)) return [];
  const isSection = ['aws', 'gcp'].includes(word.path[0] ?? '');
  return [
    {
      code: 'other-cloud',
      severity: 'error',
      path: [...above, ...word.path],
      problem: isSection
        ? `the section ${word.path[0] ?? ''} is there, and the cloud is ${cloud}`
        : `${word.path.join('.')} is ${typeof found === 'string' ? found : JSON.stringify(found)}, which is not for the cloud ${cloud}`,
      allowed: word.allowed,
      fix: isSection ? `take it away, or write \`cloud: ${word.path[0] ?? ''}\`` : 'write it so',
    },
  ];
}

function isMapping(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
