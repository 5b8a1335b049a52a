import { canAuthenticateByIam, ENGINES } from '../engines';
import { partitionOf } from '../regions';
import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { memberRule, topologyRule, type Rule } from './rule';

/** The Region inside a KMS key ARN, or undefined for aliases, ids and `create`. */
function keyRegion(key: string): string | undefined {
  return /^arn:[^:]+:kms:([^:]+):/.exec(key)?.[1];
}

function isKeyElsewhere({ key, region }: Member): boolean {
  const own = key === undefined ? undefined : keyRegion(key);
  return own !== undefined && region !== undefined && partitionOf(region) !== undefined && own !== region;
}

/** Mixed with its source: one of the two has to change, and then it shows whether a key is needed. */
function isMixed(member: Member, view: TopologyView): boolean {
  const source = view.sourceOf(member);
  return source?.encrypted !== undefined && member.encrypted !== undefined && source.encrypted !== member.encrypted;
}

function sameRegionKeyDiffers(member: Member, view: TopologyView): boolean {
  const source = view.sourceOf(member);
  if (source === undefined || member.key === undefined || member.encrypted === false) return false;
  return member.region === source.region && member.key !== source.key && !isKeyElsewhere(member);
}

/** Unencrypted, and not for what its source is told already. */
function isPlain(member: Member, view: TopologyView): boolean {
  const source = view.sourceOf(member);
  const isFirst = member.replicaOf === undefined || (source?.retired === 'removed' && source.encrypted === false);
  return isFirst && member.encrypted === false && member.key === undefined;
}

/** A member that cannot have IAM database authentication. */
function withoutIam({ topology }: TopologyView): Member | undefined {
  const present = topology.members.filter(({ retired }) => retired !== 'removed');
  return present.find(({ version }) => !canAuthenticateByIam(topology.engine.name, version));
}

/** Regions whose alarm topic is in another. */
function topicsElsewhere({ topology }: TopologyView): readonly (readonly [region: string, topic: string])[] {
  return Object.entries(topology.aws.regions).flatMap(([region, { alarmTopic }]) =>
    alarmTopic === undefined || alarmTopic.split(':')[3] === region ? [] : [[region, alarmTopic] as const],
  );
}

/** Encryption and credentials. Source: Amazon RDS User Guide, "Encrypting Amazon RDS resources", and the API reference of CreateDBInstanceReadReplica. */
export const SECURITY_RULES: readonly Rule[] = [
  memberRule({
    code: 'encryption-mixed',
    severity: 'error',
    about: 'a replica is encrypted exactly when its source is',
    when: isMixed,
    message: (member, view) => ({
      at: ['encrypted'],
      problem: `${member.id} is ${member.encrypted === true ? 'encrypted' : 'not encrypted'} and its source ${member.replicaOf} is ${view.sourceOf(member)?.encrypted === true ? '' : 'not '}encrypted`,
      allowed:
        'both encrypted or both not: RDS creates no encrypted replica of an unencrypted instance, nor the reverse',
      fix: 'encrypt both; an existing unencrypted instance is encrypted by copying a snapshot of it with a key',
    }),
  }),
  memberRule({
    code: 'destination-key-missing',
    severity: 'error',
    about: 'an encrypted replica in another Region names a key of that Region',
    when: (member, view) =>
      view.isCrossRegion(member) && member.encrypted === true && member.key === undefined && !isMixed(member, view),
    message: (member, view) => ({
      at: ['key'],
      problem: `${member.id} in ${member.region} is an encrypted replica of ${member.replicaOf} in ${view.sourceOf(member)?.region} and has no key`,
      allowed: `a KMS key of ${member.region}: keys do not leave their Region`,
      fix: `set \`key: create\`, or name a key there, for example \`key: alias/aws/rds\``,
    }),
  }),
  memberRule({
    code: 'key-in-other-region',
    severity: 'error',
    about: "a key is in its member's Region",
    when: isKeyElsewhere,
    message: (member) => ({
      at: ['key'],
      problem: `${member.id} is in ${member.region} and its key is ${member.key}`,
      allowed: `a KMS key of ${member.region}`,
      fix: 'name a key of that Region; a multi-Region key has a replica key there',
    }),
  }),
  memberRule({
    code: 'key-without-encryption',
    severity: 'error',
    about: 'a member with a key is encrypted',
    when: (member, view) => member.encrypted === false && member.key !== undefined && !isMixed(member, view),
    message: (member) => ({
      at: ['key'],
      problem: `${member.id} has the key ${member.key} and is not encrypted`,
      allowed: 'a key only for encrypted members',
      fix: 'take `encrypted: false` or the key away',
    }),
  }),
  memberRule({
    code: 'not-encrypted',
    severity: 'warning',
    about: 'volumes are encrypted',
    when: isPlain,
    message: (member, view) => ({
      at: ['encrypted'],
      problem: `${member.id} is not encrypted${view.followersOf(member).length > 0 ? ', nor is any replica of it' : ''}`,
      allowed: 'encrypted, which is the default and costs nothing; CloudFormation and cdk-nag warn of it, too',
      fix: 'leave `encrypted` out for a new database; an existing one is encrypted by restoring a copy of its snapshot that has a key',
    }),
  }),
  memberRule({
    code: 'same-region-key-differs',
    severity: 'warning',
    kinds: ['instances'],
    about: "a replica in its source's Region has the source's key: AWS documents contradict each other",
    when: sameRegionKeyDiffers,
    message: (member, view) => ({
      at: ['key'],
      problem: `${member.id} has the key ${member.key}, its source ${member.replicaOf} in the same Region ${view.sourceOf(member)?.key === undefined ? 'the AWS managed one' : view.sourceOf(member)?.key}, and AWS's documents disagree: CloudFormation's says to give no key, the API reference allows another`,
      allowed: "no key of its own, on which both agree: it takes its source's",
      fix: 'take the key away; as it stands it is left out of the template',
    }),
  }),
  topologyRule({
    code: 'managed-password-with-replicas',
    severity: 'error',
    kinds: ['instances', 'cluster'],
    about: 'no RDS-managed master password with replicas, except SQL Server',
    when: ({ topology, replicas }) =>
      topology.aws.credentials === 'rds-managed' && topology.engine.name !== 'sqlserver' && replicas.length > 0,
    message: () => ({
      at: ['aws', 'credentials'],
      problem: 'the master password is managed by RDS and there are replicas',
      allowed:
        'self-managed: RDS creates no replica of an instance whose master password it manages in Secrets Manager',
      fix: 'set `credentials: self-managed` (the secret is then made here and replicated to every Region that can be promoted into)',
    }),
  }),
  topologyRule({
    code: 'iam-authentication-unsupported',
    severity: 'error',
    about: 'IAM database authentication is for MySQL, MariaDB from 10.6 on, and PostgreSQL',
    when: (view) => view.topology.aws.iamAuthentication === true && withoutIam(view) !== undefined,
    message: (view) => {
      const { title, iamAuthenticationFrom } = ENGINES[view.topology.engine.name];
      const member = withoutIam(view);
      return {
        at: ['aws', 'iamAuthentication'],
        problem: `iamAuthentication is true and ${iamAuthenticationFrom === undefined ? `the engine is ${title}` : `${member?.id} runs ${title} ${member?.version}`}`,
        allowed: 'MySQL, MariaDB from 10.6 on, or PostgreSQL',
        fix: iamAuthenticationFrom === undefined ? 'take it away' : 'take it away, or upgrade',
      };
    },
  }),
  topologyRule({
    code: 'topic-in-other-region',
    severity: 'error',
    about: 'an alarm topic is in the Region that it is given for',
    when: (view) => topicsElsewhere(view).length > 0,
    message: (view) => {
      const [[region, topic] = ['', '']] = topicsElsewhere(view);
      return {
        at: ['aws', 'regions', region, 'alarmTopic'],
        problem: `the alarm topic for ${region} is ${topic}`,
        allowed: `a topic in ${region}: CloudWatch alarms act in their own Region only`,
        fix: 'name a topic of that Region, or leave alarmTopic out',
      };
    },
  }),
];
