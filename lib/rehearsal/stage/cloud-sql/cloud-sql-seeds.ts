import { databaseVersion, TopologyView, UnderstudyError, type Member, type Topology } from '../../../topology';
import type { IpConfiguration, SqlSeed } from '../../gcp/sql/fake-instance';
import type { RehearsalEngine } from '../played-engine';
import { identifierOf } from '../stage-seeds';

/** The newest that is played, where the topology says none, or is rehearsed on another engine's servers. */
const VERSION: Readonly<Record<'postgres' | 'mysql', string>> = { postgres: '17', mysql: '8.4' };

/** What is let in where a topology has public addresses: by which networks is said where instances are made, not there. */
const ANYBODY = [{ value: '0.0.0.0/0' }];

/** The topology as it is rehearsed: to Cloud SQL's API MySQL stays MySQL, whatever stands behind it. */
export function playedOnCloudSql(topology: Topology, engine: RehearsalEngine): Topology {
  const name = engine === 'mariadb' ? 'mysql' : 'postgres';
  if (topology.engine.name === name && topology.engine.version !== undefined) return topology;
  return { ...topology, engine: { name, version: VERSION[name] } };
}

/** As Cloud SQL has them that the topology's component made. Each comes after whom it follows; who is retired is not there. */
export function sqlSeedsOf(topology: Topology): readonly SqlSeed[] {
  const view = new TopologyView(topology);
  const inOrder = [...view.active].sort((a, b) => view.upstreamOf(a).length - view.upstreamOf(b).length);
  return inOrder.map((member) => seedOf(member, view));
}

function seedOf(member: Member, view: TopologyView): SqlSeed {
  const { topology } = view;
  const { region, size, standby, gcp } = member;
  if (region === undefined) {
    throw new UnderstudyError(
      'region-unknown',
      `the region of ${member.id} is not known; allowed: a member with a region; fix: declare the region of ${member.id}`,
    );
  }
  const followed = view.followedBy(member);
  const partner = member.id === topology.primary ? view.get(topology.gcp?.drReplica ?? '') : undefined;
  return {
    ...{ name: identifierOf(topology, member), region, databaseVersion: databaseVersion(topology.engine) },
    edition: gcp?.edition === 'enterprise-plus' ? 'ENTERPRISE_PLUS' : 'ENTERPRISE',
    availabilityType: standby === 'regional' ? 'REGIONAL' : 'ZONAL',
    ipConfiguration: addressesOf(member),
    isPool: gcp?.readPool !== undefined,
    ...(size === undefined ? {} : { tier: size }),
    ...(followed === undefined ? {} : { follows: identifierOf(topology, followed) }),
    ...(partner === undefined ? {} : { drReplica: identifierOf(topology, partner) }),
  };
}

function addressesOf({ gcp }: Member): IpConfiguration {
  const { privateNetwork, publicIp = false, pscProjects } = gcp?.network ?? {};
  return {
    ipv4Enabled: publicIp,
    ...(privateNetwork === undefined ? {} : { privateNetwork }),
    authorizedNetworks: publicIp ? ANYBODY : [],
    ...(pscProjects === undefined ? {} : { pscConfig: { pscEnabled: true, allowedConsumerProjects: pscProjects } }),
  };
}
