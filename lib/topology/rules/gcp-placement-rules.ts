import { googleRegions, isGoogleRegion } from '../gcp/google-regions';
import type { CloudSqlView } from '../gcp/cloud-sql-view';
import { nearest } from '../nearest';
import type { Member } from '../topology';
import { gcpMemberRule, gcpRule } from './gcp-rule';
import type { Rule } from './rule';

/** The location inside the name of a key. */
function keyLocation(key: string | undefined): string | undefined {
  return /^projects\/[^/]+\/locations\/([^/]+)\//.exec(key ?? '')?.[1];
}

function isKeyElsewhere({ key, region }: Member): boolean {
  const location = keyLocation(key);
  return location !== undefined && region !== undefined && location !== region;
}

/** The path of a network, however it is written. */
function networkOf(member: Member, view: CloudSqlView): string | undefined {
  return view.of(member).network.privateNetwork?.replace(/^https:\/\/.*?\/(?=projects\/)/, '');
}

/** Regions, keys, networks. Source: Google's pages on customer-managed keys, private IP and Private Service Connect. */
export const GCP_PLACEMENT_RULES: readonly Rule[] = [
  gcpMemberRule(
    { code: 'google-region-unknown', severity: 'error', about: 'the region is one of Google Cloud' },
    ({ region }) => {
      if (region === undefined || isGoogleRegion(region)) return [];
      // Nobody means another continent.
      const meant = nearest(
        region,
        googleRegions().filter((each) => each.startsWith(region.slice(0, 2))),
      );
      return [
        {
          at: ['region'],
          problem: `region is ${region}, which is no region of Google Cloud that this release knows`,
          allowed: 'a region, for example europe-west1',
          fix: meant === undefined ? 'write the region, not a zone' : `did you mean ${meant}?`,
        },
      ];
    },
  ),
  gcpMemberRule(
    { code: 'key-in-other-location', severity: 'error', about: "a Cloud KMS key is in its member's region" },
    (member) =>
      isKeyElsewhere(member)
        ? [
            {
              at: ['key'],
              problem: `${member.id} is in ${member.region ?? ''} and its key in ${keyLocation(member.key) ?? ''}`,
              allowed: `a key of ${member.region ?? ''}: Cloud SQL takes no key of another location, nor of a multi-region`,
              fix: 'name a key of that region',
            },
          ]
        : [],
  ),
  gcpMemberRule(
    {
      code: 'own-key-missing',
      severity: 'error',
      about: 'a Cloud SQL replica in another region has a key of its own when its source has one',
    },
    (member, { view }) => {
      const source = view.followedBy(member);
      return source?.key !== undefined &&
        !isKeyElsewhere(source) &&
        source.region !== member.region &&
        member.region !== undefined &&
        source.region !== undefined &&
        member.key === undefined
        ? [
            {
              at: ['key'],
              problem: `${member.id} in ${member.region ?? ''} has no key, and its source ${source.id} in ${source.region ?? ''} has one`,
              allowed: `a Cloud KMS key of ${member.region ?? ''}`,
              fix: 'name a key of that region',
            },
          ]
        : [];
    },
  ),
  gcpMemberRule(
    {
      code: 'own-key-differs',
      severity: 'error',
      about: "a Cloud SQL replica in its source's region has the source's key",
    },
    (member, { view }) => {
      const source = view.followedBy(member);
      const isBeside = source !== undefined && source.region !== undefined && source.region === member.region;
      return isBeside && member.key !== undefined && member.key !== source.key && !isKeyElsewhere(member)
        ? [
            {
              at: ['key'],
              problem: `${member.id} has the key ${member.key}, and its source ${source.id} in the same region ${source.key ?? 'none'}`,
              allowed: "no key of its own: it has its source's, and another would replace it again and again",
              fix: 'take the key away',
            },
          ]
        : [];
    },
  ),
  gcpRule(
    {
      code: 'connector-enforced',
      severity: 'error',
      about: 'an instance that accepts connectors only can have no replicas',
    },
    ({ gcp, replicas }) =>
      gcp.connectorEnforcement && replicas.length > 0
        ? [
            {
              at: ['gcp', 'connectorEnforcement'],
              problem: 'connectors are enforced and there are replicas',
              allowed: 'one of the two: Cloud SQL has no replicas of an instance that accepts connectors only',
              fix: 'take connectorEnforcement away; sslMode client-certificate is strict, too',
            },
          ]
        : [],
  ),
  gcpMemberRule(
    {
      code: 'failover-target-gone',
      severity: 'error',
      about: 'no legacy failover replica: Cloud SQL has had none since January 2025',
    },
    (member, view) =>
      view.of(member).failoverTarget === true
        ? [
            {
              at: ['gcp', 'failoverTarget'],
              problem: `${member.id} is to be a legacy failover replica, which Cloud SQL no longer creates`,
              allowed: 'standby: regional in the region; gcp.drReplica in another',
              fix: 'take failoverTarget away',
            },
          ]
        : [],
  ),
  gcpMemberRule(
    {
      code: 'network-differs',
      severity: 'error',
      about: 'a replica is in the VPC network of the member that it follows',
    },
    (member, view) => {
      const source = view.view.followedBy(member);
      if (source === undefined) return [];
      const [own, other] = [networkOf(member, view), networkOf(source, view)];
      return own === other
        ? []
        : [
            {
              at: ['gcp', 'network', 'privateNetwork'],
              problem: `${member.id} is in ${own ?? 'no network'} and its source ${source.id} in ${other ?? 'none'}`,
              allowed: 'one VPC network for all members, or none: it is not bound to a region',
              fix: 'set gcp.network.privateNetwork once, for all members',
            },
          ];
    },
  ),
  gcpMemberRule(
    {
      code: 'psc-missing',
      severity: 'error',
      about: 'each replica of a member with Private Service Connect has an attachment of its own',
    },
    (member, view) => {
      const source = view.view.followedBy(member);
      if (source === undefined || view.of(source).network.pscProjects === undefined) return [];
      return (view.of(member).network.pscProjects ?? []).length > 0
        ? []
        : [
            {
              at: ['gcp', 'network', 'pscProjects'],
              problem: `${source.id} is reached by Private Service Connect, and its replica ${member.id} is not`,
              allowed: 'pscProjects on both: each instance has its own service attachment',
              fix: 'set gcp.network.pscProjects once, for all members',
            },
          ];
    },
  ),
  gcpMemberRule(
    { code: 'unreachable', severity: 'error', about: 'every instance has an address: private, public or by PSC' },
    (member, view) => {
      const { privateNetwork, publicIp, pscProjects } = view.of(member).network;
      const isReachable = privateNetwork !== undefined || publicIp === true || (pscProjects ?? []).length > 0;
      return isReachable
        ? []
        : [
            {
              at: ['gcp', 'network'],
              problem: `${member.id} has no private network, no Private Service Connect and no public address`,
              allowed: 'at least one of privateNetwork, pscProjects and publicIp',
              fix: 'set gcp.network.privateNetwork',
            },
          ];
    },
  ),
  gcpMemberRule(
    { code: 'same-zone', severity: 'warning', about: 'a replica is not in the zone of a primary without a standby' },
    (member, view) => {
      const { primary } = view;
      const { zone } = view.of(member);
      if (primary === undefined || zone === undefined || primary.standby === 'regional') return [];
      return view.view.isReplica(member) && view.of(primary).zone === zone
        ? [
            {
              at: ['gcp', 'zone'],
              problem: `${member.id} is in ${zone} like the primary ${primary.id}, which has no standby`,
              allowed: 'another zone: the loss of this one would take both',
              fix: 'name another zone, or give the primary `standby: regional`',
            },
          ]
        : [];
    },
  ),
];
