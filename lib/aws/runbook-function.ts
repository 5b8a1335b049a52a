import { dirname, join } from 'node:path';
import { ArnFormat, RemovalPolicy, Stack, Validations, type Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { RunbookNetwork } from './runbook-network';
import type { EngineName } from '../topology';
import { acknowledgeWildcards } from './runbook-wildcards';

export interface RunbookFunctionProps {
  /** Whose bundle it runs: a folder of `dist/handlers`. */
  readonly handler: 'plan' | 'promote' | 'watch' | 'names';
  readonly functionName: string;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  /** Whose driver it needs. @default - it asks no database */
  readonly engine?: EngineName;
  /** It reads or writes records of Route 53. @default false */
  readonly hasRecords?: boolean;
  /** @default - not attached to a VPC */
  readonly network?: RunbookNetwork;
  /** @default - what fails is not kept */
  readonly deadLetterQueue?: sqs.IQueue;
}

/** Half a second of start instead of one; a fleet of fifteen members fits many times. */
const MEMORY = 512;

/** What Lambda itself needs to attach a function. None of it knows resources by name. */
const ATTACH = [
  ...['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
  ...['ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
];

/** Engines that can be asked, and the file beside the bundle with which they are. */
const DRIVERS: Readonly<Partial<Record<EngineName, string>>> = {
  postgres: 'pg.js*',
  mysql: 'mysql2.js*',
  mariadb: 'mysql2.js*',
  'aurora-postgresql': 'pg.js*',
  'aurora-mysql': 'mysql2.js*',
};

/** One function of a runbook: its bundle from this package, a role with nothing in it but its log, its log group. */
export class RunbookFunction extends Construct {
  readonly function: lambda.Function;
  readonly role: iam.Role;
  readonly #statements: iam.PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: RunbookFunctionProps) {
    super(scope, id);
    const { functionName, network } = props;
    // What a run did is in its journal; the log is for who looks why it did not run.
    const logGroup = new logs.LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    if (network !== undefined) this.#attach(functionName);
    this.function = new lambda.Function(this, 'Function', {
      functionName,
      description: props.description,
      role: this.role,
      code: lambda.Code.fromAsset(bundleOf(props.handler), { exclude: needless(props) }),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: MEMORY,
      timeout: props.timeout,
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
      logGroup,
      deadLetterQueue: props.deadLetterQueue,
      ...attachment(network),
    });
    acknowledgeRuntime(this.function);
  }

  allow(...statements: readonly iam.PolicyStatement[]): void {
    for (const statement of statements) this.role.addToPrincipalPolicy(statement);
    this.#statements.push(...statements);
    this.acknowledgeWildcards();
  }

  /** To be called again when a statement has grown. */
  acknowledgeWildcards(): void {
    acknowledgeWildcards(this.role, this.#statements);
  }

  /** Lambda attaches with the function's role; the code of the function itself may do nothing of it. */
  #attach(functionName: string): void {
    this.allow(
      new iam.PolicyStatement({ actions: ATTACH, resources: ['*'] }),
      new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        actions: ATTACH,
        resources: ['*'],
        conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn(this, functionName) } },
      }),
    );
  }
}

/** The ARN by its literal name, so that a role can name the function that has it. */
function functionArn(scope: Construct, functionName: string): string {
  return Stack.of(scope).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: functionName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** The bundles are made when this package is: nothing is compiled at the synthesis of whoever uses it. */
function bundleOf(handler: RunbookFunctionProps['handler']): string {
  return join(dirname(require.resolve('db-understudy/package.json')), 'dist/handlers', handler);
}

/** Files beside a bundle that this function never reads: what is not there needs no patches either. */
function needless({ engine, hasRecords = false }: RunbookFunctionProps): string[] {
  const driver = engine === undefined ? undefined : DRIVERS[engine];
  return [
    ...new Set(Object.values(DRIVERS).filter((file) => file !== driver)),
    ...(driver === undefined ? ['certificates.js*'] : []),
    ...(hasRecords ? [] : ['route-53.js*']),
  ];
}

function attachment(
  network: RunbookNetwork | undefined,
): { vpc: ec2.IVpc; vpcSubnets?: ec2.SubnetSelection; securityGroups: ec2.ISecurityGroup[] } | undefined {
  if (network === undefined) return undefined;
  return { vpc: network.vpc, vpcSubnets: network.vpcSubnets, securityGroups: [network.securityGroup] };
}

function acknowledgeRuntime(construct: Construct): void {
  Validations.of(construct).acknowledge({
    id: 'AwsSolutions-L1',
    reason: 'The bundle is tested with this version of Node.js; a newer one comes with a newer version of the package.',
  });
}
