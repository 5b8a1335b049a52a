import { Annotations, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { RunbookDatabase } from './runbook-database';

/** Where the functions of a runbook are attached. */
export interface RunbookNetworkOptions {
  /** The VPC of the members of that Region, or one with a way to them. */
  readonly vpc: ec2.IVpc;
  /** @default - private subnets with a way out */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * Make the VPC endpoints of the Region that the runbook calls. They cost by the hour, and reach no other Region.
   *
   * @default false
   */
  readonly createEndpoints?: boolean;
}

export interface RunbookNetworkProps extends RunbookNetworkOptions {
  readonly database: RunbookDatabase;
  readonly name: string;
}

/** Interface endpoints of everything that the runbook calls in its own Region; DynamoDB has a gateway. */
const SERVICES = {
  rds: ec2.InterfaceVpcEndpointAwsService.RDS,
  monitoring: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING,
  ssm: ec2.InterfaceVpcEndpointAwsService.SSM,
  secretsmanager: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  sns: ec2.InterfaceVpcEndpointAwsService.SNS,
  logs: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
};

/**
 * The runbook's way to the databases, without which no fence can be proven: its functions in a VPC, with a security group that
 * the members of the Region let in.
 *
 * From there it also has to reach AWS: rds, monitoring, dynamodb, ssm, secretsmanager, sns and logs of its own Region by
 * endpoints or NAT, and RDS of the other Regions and Route 53 by NAT alone, because interface endpoints are regional.
 */
export class RunbookNetwork extends Construct {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.SecurityGroup;
  readonly #known = new Set<ec2.ISecurityGroup>();

  constructor(scope: Construct, id: string, props: RunbookNetworkProps) {
    super(scope, id);
    const { database, vpc, name } = props;
    this.vpc = vpc;
    this.vpcSubnets = props.vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      securityGroupName: `${name}-runbook`,
      description: `Runbook of ${name}`,
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'AWS, in this Region and in the others');
    database.onMember(({ declared, connections }) => {
      if (declared.retired === 'removed' || declared.region !== Stack.of(this).region) return;
      for (const group of connections.securityGroups) this.#letIn(group, connections.defaultPort);
    });
    if (props.createEndpoints === true) this.#createEndpoints();
    if (this.#isIsolated()) this.#warn(name, props.createEndpoints === true);
  }

  /** The rules are here and not with the members: their stack then needs nothing of this one, which needs their network. */
  #letIn(group: ec2.ISecurityGroup, port: ec2.Port | undefined): void {
    if (port === undefined || this.#known.has(group)) return;
    this.#known.add(group);
    this.securityGroup.addEgressRule(ec2.Peer.securityGroupId(group.securityGroupId), port, 'members');
    new ec2.CfnSecurityGroupIngress(this, `From${this.#known.size}`, {
      ...port.toRuleJson(),
      groupId: group.securityGroupId,
      sourceSecurityGroupId: this.securityGroup.securityGroupId,
      description: 'the runbook, which asks who takes writes',
    } as ec2.CfnSecurityGroupIngressProps);
  }

  #createEndpoints(): void {
    const { vpc, vpcSubnets: subnets } = this;
    const securityGroup = new ec2.SecurityGroup(this, 'Endpoints', {
      vpc,
      description: 'Endpoints of the runbook: nobody else gets in',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(this.securityGroup, ec2.Port.tcp(443), 'the runbook');
    for (const [id, service] of Object.entries(SERVICES)) {
      new ec2.InterfaceVpcEndpoint(this, id, { vpc, service, subnets, securityGroups: [securityGroup], open: false });
    }
    new ec2.GatewayVpcEndpoint(this, 'dynamodb', {
      vpc,
      service: ec2.GatewayVpcEndpointAwsService.DYNAMODB,
      subnets: [subnets],
    });
  }

  #isIsolated(): boolean {
    const isolated = new Set(this.vpc.isolatedSubnets.map(({ subnetId }) => subnetId));
    return this.vpc.selectSubnets(this.vpcSubnets).subnetIds.some((id) => isolated.has(id));
  }

  #warn(name: string, hasEndpoints: boolean): void {
    const needed = hasEndpoints
      ? 'a NAT gateway, for RDS of the other Regions and for Route 53: endpoints are regional'
      : `endpoints of ${Object.keys(SERVICES).join(', ')} and a gateway endpoint of dynamodb, and a NAT gateway for RDS of the other Regions and for Route 53`;
    Annotations.of(this).addWarningV2(
      `db-understudy:runbook-${hasEndpoints ? 'regional' : 'isolated'}`,
      `the runbook of ${name} is attached to isolated subnets. Allowed: subnets with ${needed}. Fix: ${hasEndpoints ? 'choose subnets with a way out' : 'choose subnets with a way out, or say createEndpoints'}; acknowledge this when the way is there and the program cannot see it.`,
    );
  }
}
