export { ClusterDashboard, type ClusterDashboardProps } from './aurora/cluster-dashboard';
export type { ClusterDatabaseOptions, IClusterDatabase } from './aurora/cluster-database';
export { ClusterEvents, type ClusterEventsProps } from './aurora/cluster-events';
export { ClusterLagAlarms, type ClusterLagAlarmsProps } from './aurora/cluster-lag-alarms';
export { ClusterMember } from './aurora/cluster-member';
export {
  ClusterOrigin,
  type ClusterOriginProps,
  type ExistingClusterOptions,
  type IClusterOrigin,
} from './aurora/cluster-origin';
export type {
  ClusterInstanceProps,
  ClusterNetwork,
  ClusterProps,
  ClusterSettings,
  SecondaryProps,
} from './aurora/cluster-props';
export { GlobalDatabase, type GlobalDatabaseProps } from './aurora/global-database';
export type { LinkAlarms } from './aurora/link-alarms';
export { MultiAzCluster } from './aurora/multi-az-cluster';
export { ReplicatedCluster, type ReplicatedClusterProps } from './aurora/replicated-cluster';
export type { DatabaseSettings } from './database-settings';
export { cdkEngine } from './engine';
export type { MemberProps, MemberStorage, OriginProps, ReplicaProps } from './member-props';
export { Origin, type ExistingInstanceOptions, type IOrigin } from './origin';
export { RegionalFoundation } from './regional-foundation';
export { ReplicatedInstance, type ReplicatedInstanceProps, type ReplicationObjectives } from './replicated-instance';
export type { FromTopologyProps, RegionalScope } from './topology-props';
export { ReplicationMember } from './replication-member';
export { AlarmTopic, type AlarmTopicProps } from './alarm-topic';
export type { MemberLagAlarms } from './member-lag-alarms';
export { replicaLagMetric } from './replica-lag-metric';
export { ReplicationDashboard, type ReplicationDashboardProps } from './replication-dashboard';
export { ReplicationEvents, type ReplicationEventsProps } from './replication-events';
export { ReplicationLagAlarms, type ReplicationLagAlarmsProps } from './replication-lag-alarms';
export { TopologyStacks, type TopologyStacksProps } from './topology-stacks';
export { PromotionRunbook, type PromotionRunbookProps } from './promotion-runbook';
export type { AutomaticFailover } from './runbook-automatic';
export type { RunbookNetworkOptions } from './runbook-network';
export {
  ReaderEndpoint,
  WriterEndpoint,
  type BoundEndpoint,
  type EndpointRecord,
  type IRunbookEndpoint,
} from './writer-endpoint';
