import { Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface DatabaseVpcProps {
  readonly name: string;
  /** Between /16 and /28. */
  readonly cidr: string;
}

/**
 * A VPC for nothing but databases: isolated subnets in two zones, no way in from the internet and no way out.
 *
 * Applications reach it by peering or a transit gateway, so the ranges of different Regions should not overlap.
 */
export class DatabaseVpc extends Construct {
  readonly vpc: ec2.Vpc;

  constructor(scope: Construct, id: string, { name, cidr }: DatabaseVpcProps) {
    super(scope, id);
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      vpcName: name,
      ipAddresses: ec2.IpAddresses.cidr(cidr),
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'databases', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    Validations.of(this.vpc).acknowledge({
      id: 'AwsSolutions-VPC7',
      reason:
        'Flow logs are a decision of the account (cost, retention, central bucket); this VPC has no route in or out of it by itself.',
    });
  }
}
