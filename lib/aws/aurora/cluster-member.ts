import { Arn, ArnFormat, Aws, CfnResource } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct, IConstruct } from 'constructs';
import { UnderstudyError, type Member, type Role } from '../../topology';
import { clusterMetric } from './cluster-metrics';

/** How a cluster came into the program, and by which names it is reached. */
export interface ClusterBinding {
  /** The identifier, as a reference where that is possible. */
  readonly identifier: string;
  readonly endpoint: rds.Endpoint;
  readonly readEndpoint: rds.Endpoint;
  readonly resourceIdentifier?: string;
  readonly instanceIdentifiers: readonly string[];
  /** Its servers, where this program creates them. */
  readonly servers?: readonly rds.CfnDBInstance[];
  readonly connections: ec2.Connections;
  readonly engine?: rds.IClusterEngine;
  readonly secret?: secretsmanager.ISecret;
  /** The resource that this program creates for it. Undefined: it exists elsewhere. */
  readonly resource?: rds.CfnDBCluster;
  readonly existing?: rds.IDatabaseCluster;
}

export interface ClusterMemberProps {
  readonly member: Member;
  readonly role: Role;
  /** The name by which other Regions know it. */
  readonly physicalName: string;
  /** Called with the new construct as the scope for what it creates. */
  readonly bind: (scope: Construct, nameOf: (reference: string) => string) => ClusterBinding;
}

/** A cluster of a replicated database: an `rds.IDatabaseCluster` that knows its place in the topology. */
export class ClusterMember extends rds.DatabaseClusterBase {
  readonly memberId: string;
  /** The member as the topology declares it. */
  readonly declared: Member;
  /** What it is now, by declaration. */
  readonly role: Role;
  readonly clusterIdentifier: string;
  readonly connections: ec2.Connections;
  readonly engine?: rds.IClusterEngine;
  readonly secret?: secretsmanager.ISecret;
  /** The resource in the template; undefined when it exists elsewhere. */
  readonly resource?: rds.CfnDBCluster;
  protected readonly enableDataApi?: boolean;

  readonly #binding: ClusterBinding;
  readonly #physicalName: string;

  constructor(scope: Construct, id: string, props: ClusterMemberProps) {
    super(scope, id, { physicalName: props.physicalName });
    const binding = props.bind(this, (reference) => this.getResourceNameAttribute(reference));
    this.#binding = binding;
    this.#physicalName = props.physicalName;
    this.memberId = props.member.id;
    this.declared = props.member;
    this.role = props.role;
    this.clusterIdentifier = binding.identifier;
    this.connections = binding.connections;
    this.engine = binding.engine;
    this.secret = binding.secret;
    this.resource = binding.resource;
  }

  /** The ARN in the cluster's own Region, also when it was imported into a stack of another. */
  override get clusterArn(): string {
    return clusterArn(this.#physicalName, this.declared.region);
  }

  /** The name as a literal, for places that must not refer to the resource: other Regions, alarms, dashboards. */
  get physicalClusterIdentifier(): string {
    return this.#physicalName;
  }

  /** The construct of a cluster that was brought along. */
  get existingResource(): rds.IDatabaseCluster | undefined {
    return this.#binding.existing;
  }

  /** @throws what an imported cluster throws that was not told of it; so do the next three. */
  get clusterEndpoint(): rds.Endpoint {
    return this.#binding.endpoint;
  }

  get clusterReadEndpoint(): rds.Endpoint {
    return this.#binding.readEndpoint;
  }

  get instanceIdentifiers(): string[] {
    return [...this.#binding.instanceIdentifiers];
  }

  /** @throws UnderstudyError when nobody knows it: of a cluster that was imported without it, say. */
  get clusterResourceIdentifier(): string {
    let cause: unknown;
    try {
      const known = this.#binding.resourceIdentifier;
      if (known !== undefined) return known;
    } catch (error) {
      cause = error;
    }
    throw new UnderstudyError(
      'resource-id-unknown',
      `the resource id of ${this.memberId} is not known; allowed: a cluster that is created here, or imported with clusterResourceIdentifier; fix: import it so`,
      { cause },
    );
  }

  /** Literal endpoints of servers are not known before they are there. Use the endpoints of the cluster. */
  get instanceEndpoints(): rds.Endpoint[] {
    return this.#binding.existing?.instanceEndpoints ?? [];
  }

  /** A metric of the cluster, in its Region. */
  override metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return clusterMetric(metricName, { identifier: this.#physicalName, region: this.declared.region }, props);
  }

  /** Lets somebody use the Data API, which is turned on with it: of a cluster that was brought along, by that one itself. */
  override grantDataApiAccess(grantee: iam.IGrantable): iam.Grant {
    const { existing, resource } = this.#binding;
    if (existing !== undefined) return existing.grantDataApiAccess(grantee);
    if (resource !== undefined) resource.enableHttpEndpoint = true;
    return super.grantDataApiAccess(grantee);
  }

  /** A proxy that waits for the servers: RDS registers no cluster that has none yet. */
  override addProxy(id: string, options: rds.DatabaseProxyOptions): rds.DatabaseProxy {
    const { existing, servers = [] } = this.#binding;
    if (existing !== undefined) return existing.addProxy(id, options);
    const proxy = super.addProxy(id, options);
    // `aws-cdk-lib` looks for servers where its own clusters have them.
    proxy.node.children.filter(isTargetGroup).forEach((targets) => {
      targets.node.addDependency(...servers);
    });
    return proxy;
  }

  /**
   * A proxy whose own endpoint leads to the writer, and one more for readers.
   *
   * @throws UnderstudyError for a cluster that takes no writes: its proxy would have no target for them.
   */
  addReaderProxy(id: string, options: rds.DatabaseProxyOptions): rds.DatabaseProxyEndpoint {
    if (this.role !== 'primary') {
      throw new UnderstudyError(
        'proxy-needs-primary',
        `a proxy is to be added to ${this.memberId}, which is ${this.role}; allowed: the primary; fix: add the proxy to the primary, and again after a promotion`,
      );
    }
    const proxy = this.addProxy(id, options);
    return new rds.DatabaseProxyEndpoint(this, `${id}-readers`, {
      dbProxy: proxy,
      vpc: options.vpc,
      vpcSubnets: options.vpcSubnets,
      securityGroups: options.securityGroups,
      targetRole: rds.ProxyEndpointTargetRole.READ_ONLY,
    });
  }
}

/** A cluster of which nothing is left but its name. */
export function removedCluster(scope: Construct, member: Member): ClusterMember {
  const identifier = member.aws.identifier ?? member.id;
  const nowhere = new rds.Endpoint('', 0);
  return new ClusterMember(scope, member.id, {
    member,
    role: 'retired',
    physicalName: identifier,
    bind: () => ({
      identifier,
      endpoint: nowhere,
      readEndpoint: nowhere,
      instanceIdentifiers: [],
      connections: new ec2.Connections(),
    }),
  });
}

/** ARN of a cluster by its literal name: nothing in it refers to another stack. */
export function clusterArn(identifier: string, region: string | undefined): string {
  return Arn.format({
    partition: Aws.PARTITION,
    service: 'rds',
    region: region ?? Aws.REGION,
    account: Aws.ACCOUNT_ID,
    resource: 'cluster',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    resourceName: identifier,
  });
}

function isTargetGroup(construct: IConstruct): boolean {
  return (
    CfnResource.isCfnResource(construct) &&
    construct.cfnResourceType === rds.CfnDBProxyTargetGroup.CFN_RESOURCE_TYPE_NAME
  );
}
