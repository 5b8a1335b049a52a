import { Arn, ArnFormat, Aws, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { UnderstudyError, type Member, type Role } from '../topology';
import { isInstanceEngine } from './engine';
import { replicaLagMetric } from './replica-lag-metric';

/** How a member came into the program, and by which names it is reached. */
export interface MemberBinding {
  /** The identifier, as a reference where that is possible. */
  readonly identifier: string;
  readonly address: string;
  readonly port: string;
  readonly resourceId?: string;
  readonly connections: ec2.Connections;
  readonly engine?: rds.IEngine;
  readonly iamAuthentication?: boolean;
  /** The resource that this program creates for it. Undefined: it exists elsewhere. */
  readonly resource?: rds.CfnDBInstance;
  /** The instance that was brought along; what only it can do is left to it. */
  readonly existing?: rds.IDatabaseInstance;
}

export interface ReplicationMemberProps {
  readonly member: Member;
  readonly role: Role;
  /** The name by which other Regions know it. */
  readonly physicalName: string;
  /** Called with the new construct as the scope for what it creates. */
  readonly bind: (scope: Construct, nameOf: (reference: string) => string) => MemberBinding;
}

/** A member of a replicated database: an `rds.IDatabaseInstance` that knows its place in the topology. */
export class ReplicationMember extends rds.DatabaseInstanceBase {
  readonly memberId: string;
  /** The member as the topology declares it. */
  readonly declared: Member;
  /** What it is now, by declaration. */
  readonly role: Role;
  readonly instanceIdentifier: string;
  readonly dbInstanceEndpointAddress: string;
  readonly dbInstanceEndpointPort: string;
  readonly instanceEndpoint: rds.Endpoint;
  readonly instanceResourceId?: string;
  readonly engine?: rds.IInstanceEngine;
  readonly connections: ec2.Connections;
  /** The resource in the template; undefined when it exists elsewhere. */
  readonly resource?: rds.CfnDBInstance;
  protected enableIamAuthentication?: boolean;

  readonly #existing?: rds.IDatabaseInstance;
  readonly #physicalName: string;

  constructor(scope: Construct, id: string, props: ReplicationMemberProps) {
    super(scope, id, { physicalName: props.physicalName });
    const binding = props.bind(this, (reference) => this.getResourceNameAttribute(reference));
    this.memberId = props.member.id;
    this.declared = props.member;
    this.role = props.role;
    this.#physicalName = props.physicalName;
    this.#existing = binding.existing;
    this.instanceIdentifier = binding.identifier;
    this.dbInstanceEndpointAddress = binding.address;
    this.dbInstanceEndpointPort = binding.port;
    this.instanceEndpoint = new rds.Endpoint(binding.address, Token.asNumber(binding.port));
    this.instanceResourceId = binding.resourceId;
    this.connections = binding.connections;
    this.resource = binding.resource;
    this.engine = binding.engine !== undefined && isInstanceEngine(binding.engine) ? binding.engine : undefined;
    this.enableIamAuthentication = binding.iamAuthentication;
  }

  /** The ARN in the member's own Region, also when it was imported into a stack of another. */
  override get instanceArn(): string {
    return instanceArn(this.#physicalName, this.declared.region);
  }

  /** The name as a literal, for places that must not refer to the resource: other Regions, alarms, dashboards. */
  get physicalInstanceIdentifier(): string {
    return this.#physicalName;
  }

  /** The construct of an instance that was brought along. */
  get existingResource(): rds.IDatabaseInstance | undefined {
    return this.#existing;
  }

  /** How many seconds the member is behind its source; −1 when it does not replicate. */
  metricReplicaLag(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return replicaLagMetric(this.#physicalName, this.declared.region, props);
  }

  /** @throws UnderstudyError for replicas: RDS Proxy cannot have one as its target. */
  override addProxy(id: string, options: rds.DatabaseProxyOptions): rds.DatabaseProxy {
    if (this.role !== 'primary') {
      throw new UnderstudyError(
        'proxy-needs-primary',
        `a proxy is to be added to ${this.memberId}, which is ${this.role}; allowed: the primary, RDS Proxy has no replicas as targets; fix: add the proxy to the primary, and again after a promotion`,
      );
    }
    return this.#existing === undefined ? super.addProxy(id, options) : this.#existing.addProxy(id, options);
  }

  override grantConnect(grantee: iam.IGrantable, dbUser?: string): iam.Grant {
    return this.#existing === undefined
      ? super.grantConnect(grantee, dbUser)
      : this.#existing.grantConnect(grantee, dbUser);
  }

  override onEvent(id: string, options?: events.OnEventOptions): events.Rule {
    return this.#existing === undefined ? super.onEvent(id, options) : this.#existing.onEvent(id, options);
  }
}

/** The binding of an instance that this program creates. */
export function createdBinding(created: {
  readonly resource: rds.CfnDBInstance;
  readonly nameOf: (reference: string) => string;
  readonly foundation: ec2.IConnectable;
  readonly engine: rds.IEngine;
  readonly iamAuthentication: boolean;
}): MemberBinding {
  const { resource, engine, iamAuthentication } = created;
  return {
    identifier: created.nameOf(resource.ref),
    address: resource.attrEndpointAddress,
    port: resource.attrEndpointPort,
    resourceId: resource.attrDbiResourceId,
    connections: created.foundation.connections,
    engine,
    iamAuthentication,
    resource,
  };
}

/** A member of which nothing is left but its name. */
export function removedMember(scope: Construct, member: Member): ReplicationMember {
  const identifier = member.aws.identifier ?? member.id;
  return new ReplicationMember(scope, member.id, {
    member,
    role: 'retired',
    physicalName: identifier,
    bind: () => ({ identifier, address: '', port: '0', connections: new ec2.Connections() }),
  });
}

/** ARN of an instance by its literal name: nothing in it refers to another stack. */
export function instanceArn(identifier: string, region: string | undefined): string {
  return Arn.format({
    partition: Aws.PARTITION,
    service: 'rds',
    region: region ?? Aws.REGION,
    account: Aws.ACCOUNT_ID,
    resource: 'db',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    resourceName: identifier,
  });
}
