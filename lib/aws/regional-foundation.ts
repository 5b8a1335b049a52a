import { Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { Engine, Seconds } from '../topology';
import { parameterGroupFamily, rdsEngineName } from './engine';

export interface RegionalFoundationProps {
  readonly topologyName: string;
  readonly engine: Engine;
  /** Of parameter groups. @default - that of the version, which must be known at synthesis then */
  readonly family?: string;
  /** Port of the database. */
  readonly port: number;
  readonly vpc: ec2.IVpc;
  /** @default - isolated subnets if the VPC has any, else private ones */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** Engine parameters. @default - the engine's */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * What all members of one topology share in one Region: one subnet group, one parameter group, one security group, and the
 * quarantine security group that fences a member off. Not one per member: a promotion then has nothing to carry over.
 */
export class RegionalFoundation extends Construct {
  readonly topologyName: string;
  readonly vpc: ec2.IVpc;
  /** Members are in this one. It lets nobody in by itself; use a member's `connections`. */
  readonly securityGroup: ec2.SecurityGroup;
  /** Lets nobody in and out. A fenced or retired member is in this one alone. */
  readonly quarantineSecurityGroup: ec2.SecurityGroup;
  readonly connections: ec2.Connections;
  readonly subnetGroup: rds.CfnDBSubnetGroup;

  readonly #props: RegionalFoundationProps;
  readonly #parameterGroups = new Map<string, rds.CfnDBParameterGroup>();

  constructor(scope: Construct, id: string, props: RegionalFoundationProps) {
    super(scope, id);
    const { topologyName, vpc } = props;
    this.#props = props;
    this.topologyName = topologyName;
    this.vpc = vpc;
    this.securityGroup = this.#securityGroup('SecurityGroup', `${topologyName}-members`, `Members of ${topologyName}`);
    this.quarantineSecurityGroup = this.#securityGroup(
      'Quarantine',
      `${topologyName}-quarantine`,
      `Fence of ${topologyName}: nobody gets in`,
    );
    this.connections = new ec2.Connections({
      securityGroups: [this.securityGroup],
      defaultPort: ec2.Port.tcp(props.port),
    });
    this.subnetGroup = new rds.CfnDBSubnetGroup(this, 'SubnetGroup', {
      dbSubnetGroupName: topologyName,
      dbSubnetGroupDescription: `Subnets of ${topologyName}`,
      subnetIds: vpc.selectSubnets(props.vpcSubnets ?? usualSubnets(vpc)).subnetIds,
    });
  }

  /**
   * The parameter group of the Region; a delayed PostgreSQL member has one of its own.
   *
   * @param version the member's: a major upgrade moves it to the group of the new family
   */
  parameterGroup(version: string | undefined, delay: Seconds = 0): rds.CfnDBParameterGroup {
    const { engine, parameters, topologyName } = this.#props;
    const family = parameterGroupFamily({ ...engine, version: version ?? engine.version }, this.#props.family);
    const ownDelay = engine.name === 'postgres' ? delay : 0;
    const key = ownDelay === 0 ? family : `${family}-delay-${ownDelay}s`;
    const existing = this.#parameterGroups.get(key);
    if (existing !== undefined) return existing;
    const group = new rds.CfnDBParameterGroup(this, `Parameters-${key}`, {
      dbParameterGroupName: `${topologyName}-${key.replaceAll('.', '-')}`,
      description: `Parameters of ${topologyName} on ${rdsEngineName(engine)}`,
      family,
      parameters: {
        ...parameters,
        ...(ownDelay === 0 ? {} : { recovery_min_apply_delay: String(ownDelay * 1000) }),
      },
    });
    this.#parameterGroups.set(key, group);
    return group;
  }

  #securityGroup(id: string, name: string, description: string): ec2.SecurityGroup {
    const { vpc } = this.#props;
    const group = new ec2.SecurityGroup(this, id, {
      vpc,
      securityGroupName: name,
      description,
      allowAllOutbound: false,
    });
    Tags.of(group).add('Name', name);
    return group;
  }
}

function usualSubnets(vpc: ec2.IVpc): ec2.SubnetSelection {
  const subnetType =
    vpc.isolatedSubnets.length > 0 ? ec2.SubnetType.PRIVATE_ISOLATED : ec2.SubnetType.PRIVATE_WITH_EGRESS;
  return { subnetType };
}
