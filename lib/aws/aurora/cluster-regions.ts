import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { UnderstudyError } from '../../topology';
import { clusterEngineFrom } from '../engine';
import { ENGINE_DEFAULTS } from '../engine-defaults';
import { isUnknown } from '../known-values';
import { RegionalFoundation } from '../regional-foundation';
import type { ClusterNetwork } from './cluster-props';

export interface ClusterRegionsProps {
  readonly topologyName: string;
  readonly engine: rds.IClusterEngine;
  readonly port?: number;
}

/** Where the constructs of one database are in the stacks of its Regions: under the same id everywhere. */
export class ClusterRegions {
  readonly #owner: Construct;
  readonly #props: ClusterRegionsProps;
  readonly #scopes = new Map<string, Construct>();
  readonly #foundations = new Map<string, RegionalFoundation>();

  constructor(owner: Construct, props: ClusterRegionsProps) {
    this.#owner = owner;
    this.#props = props;
  }

  /** All scopes outside the owner's stack. */
  get elsewhere(): readonly Construct[] {
    return [...this.#scopes.values()];
  }

  scopeIn(scope: Construct): Construct {
    if (Stack.of(scope) === Stack.of(this.#owner)) return this.#owner;
    const { region } = Stack.of(scope);
    const made = this.#scopes.get(region) ?? new Construct(scope, this.#owner.node.id);
    this.#scopes.set(region, made);
    return made;
  }

  /**
   * What the clusters in the Region of `scope` share.
   *
   * @throws UnderstudyError when nothing is there yet and no VPC is given, or when another VPC or stack is given.
   */
  foundationIn(scope: Construct, { vpc, vpcSubnets }: ClusterNetwork): RegionalFoundation {
    const stack = Stack.of(scope);
    const region = isUnknown(stack.region) ? stack.node.path : stack.region;
    const existing = this.#foundations.get(region);
    if (existing === undefined) return this.#make(region, scope, { vpc, vpcSubnets });
    if (Stack.of(existing) !== stack) {
      throw new UnderstudyError(
        'stack-differs',
        `a cluster of ${this.#props.topologyName} in ${region} is given the stack ${stack.node.path}; allowed: ${Stack.of(existing).node.path}, all clusters of one Region share groups that are there; fix: pass a scope in that stack`,
      );
    }
    if (vpc === undefined || vpc === existing.vpc) return existing;
    throw new UnderstudyError(
      'vpc-differs',
      `a cluster of ${this.#props.topologyName} in ${region} is given the VPC ${vpc.node.path}; allowed: ${existing.vpc.node.path}, all of one Region share groups that are there; fix: leave vpc out`,
    );
  }

  #make(region: string, scope: Construct, network: { vpc?: ec2.IVpc; vpcSubnets?: ec2.SubnetSelection }) {
    const { topologyName, engine, port } = this.#props;
    if (network.vpc === undefined) {
      throw new UnderstudyError(
        'vpc-missing',
        `${topologyName} has no VPC for ${region}; allowed: the VPC of that Region; fix: pass vpc with the first cluster there`,
      );
    }
    const foundation = new RegionalFoundation(this.scopeIn(scope), 'Region', {
      topologyName,
      engine: clusterEngineFrom(engine),
      port: port ?? ENGINE_DEFAULTS[clusterEngineFrom(engine).name].port,
      vpc: network.vpc,
      vpcSubnets: network.vpcSubnets,
    });
    this.#foundations.set(region, foundation);
    return foundation;
  }
}
