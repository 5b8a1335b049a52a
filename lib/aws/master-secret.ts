import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';

export interface MasterSecretProps {
  readonly topologyName: string;
  readonly username: string;
}

/**
 * The master user's secret, kept by us and not by RDS, which would forbid replicas.
 *
 * It is replicated to every Region that can be promoted into, so that what recovers can log in there without the Region
 * that was lost.
 */
export class MasterSecret extends Construct {
  readonly secret: rds.DatabaseSecret;
  readonly #regions = new Set<string>();

  constructor(scope: Construct, id: string, { topologyName, username }: MasterSecretProps) {
    super(scope, id);
    this.secret = new rds.DatabaseSecret(this, 'Secret', { username, secretName: masterSecretName(topologyName) });
    this.secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Rotation needs a Lambda in the VPC of whoever is primary, and the primary moves between Regions: rotation is left to the owner of the database.',
    });
  }

  /** Keeps a copy in one more Region; does nothing the second time. */
  replicateTo(region: string): void {
    if (this.#regions.has(region)) return;
    this.#regions.add(region);
    this.secret.addReplicaRegion(region);
  }
}

/** The same in every Region that has a copy. */
export function masterSecretName(topologyName: string): string {
  return `understudy/${topologyName}/master`;
}
