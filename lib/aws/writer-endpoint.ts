import { Arn, ArnFormat, Aws, CfnDynamicReference, CfnDynamicReferenceService } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Duration } from 'aws-cdk-lib';
import { USUAL_TTL, usualParameter, type EndpointSetting } from '../runbook/contract';
import { UnderstudyError } from '../topology';
import { isUnknown } from './known-values';

/** A Route 53 record that the runbook moves. */
export interface EndpointRecord {
  readonly zone: route53.IHostedZone;
  /** Full name of the CNAME, a literal. */
  readonly name: string;
  /** How long clients keep the old address. @default 5 seconds */
  readonly ttl?: Duration;
}

/** What a runbook is told about a name, and what it needs to write it. */
export interface BoundEndpoint {
  readonly setting: EndpointSetting;
  readonly reads: readonly iam.PolicyStatement[];
  readonly writes: readonly iam.PolicyStatement[];
  /** True: the runbook's construct makes it when it is not there. False: it is the program's own. */
  readonly isMade: boolean;
}

type Role = EndpointSetting['role'];

/** A name by which applications find a database, in the Region of the runbook that moves it. */
export interface IRunbookEndpoint {
  bind(topologyName: string): BoundEndpoint;
}

/**
 * Where applications find who takes writes.
 *
 * The runbook writes these names; no deployment ever does again. CloudFormation writes the value of its own parameters with
 * every update, be it of a tag alone, so that a parameter or record here is no resource of the template: it is made when it
 * is not there, and then left alone. See docs/decisions/0007.
 */
export class WriterEndpoint {
  /** An SSM parameter with the host name. @param name begins with `/`; `/understudy/NAME/writer` by default */
  static parameter(name?: string): IRunbookEndpoint {
    return parameter('writer', name);
  }

  /** A secret of yours in the Region of the runbook, whose JSON has `host` and `port`. A copy is made a secret of its own first. */
  static secret(secret: string | secretsmanager.ISecret): IRunbookEndpoint {
    return secretEndpoint('writer', secret);
  }

  /** A CNAME record. Route 53 is changed in us-east-1 alone: where that is what is lost, clients need another name. */
  static record(record: EndpointRecord): IRunbookEndpoint {
    return recordEndpoint('writer', record);
  }

  /** Name of the parameter that a topology has without being told: what an application reads, when it starts. */
  static parameterName(topologyName: string): string {
    return usualParameter(topologyName, 'writer');
  }

  /**
   * For a template of an application: the host name that the runbook wrote last, by a dynamic reference. CloudFormation reads it
   * anew with every deployment that changes the resource; the parameter must be there first, so not in the runbook's own stack.
   */
  static reference(topologyName: string): string {
    return new CfnDynamicReference(
      CfnDynamicReferenceService.SSM,
      WriterEndpoint.parameterName(topologyName),
    ).toString();
  }

  private constructor() {}
}

/** Where applications find a member to read from. */
export class ReaderEndpoint {
  /** As {@link WriterEndpoint.parameter}; `/understudy/NAME/reader` by default. */
  static parameter(name?: string): IRunbookEndpoint {
    return parameter('reader', name);
  }

  /** As {@link WriterEndpoint.secret}. */
  static secret(secret: string | secretsmanager.ISecret): IRunbookEndpoint {
    return secretEndpoint('reader', secret);
  }

  /** As {@link WriterEndpoint.record}. */
  static record(record: EndpointRecord): IRunbookEndpoint {
    return recordEndpoint('reader', record);
  }

  private constructor() {}
}

function parameter(role: Role, given?: string): IRunbookEndpoint {
  return {
    bind: (topologyName) => {
      const name = literal(given ?? usualParameter(topologyName, role), 'the name of a parameter');
      const arn = arnOf('ssm', 'parameter', name.replace(/^\//, ''));
      return {
        setting: { kind: 'parameter', role, name },
        reads: [allow(['ssm:GetParameter'], arn)],
        writes: [allow(['ssm:PutParameter'], arn)],
        isMade: true,
      };
    },
  };
}

function secretEndpoint(role: Role, secret: string | secretsmanager.ISecret): IRunbookEndpoint {
  return {
    bind: () => {
      const id = typeof secret === 'string' ? secret : secret.secretArn;
      // Secrets Manager ends every ARN in six characters that nobody chooses.
      const arn = /^arn:/.test(id) || isUnknown(id) ? id : arnOf('secretsmanager', 'secret', `${id}-??????`);
      return {
        setting: { kind: 'secret', role, id },
        reads: [allow(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], arn)],
        writes: [allow(['secretsmanager:PutSecretValue', 'secretsmanager:StopReplicationToReplica'], arn)],
        isMade: false,
      };
    },
  };
}

function recordEndpoint(role: Role, { zone, name: given, ttl }: EndpointRecord): IRunbookEndpoint {
  return {
    bind: () => {
      const name = literal(given, 'the name of a record');
      const write = allow(['route53:ChangeResourceRecordSets'], zone.hostedZoneArn);
      write.addCondition('ForAllValues:StringEquals', {
        // As Route 53 compares names: in lower case, without a dot at the end.
        'route53:ChangeResourceRecordSetsNormalizedRecordNames': [name.toLowerCase().replace(/\.$/, '')],
        'route53:ChangeResourceRecordSetsRecordTypes': ['CNAME'],
      });
      return {
        setting: { kind: 'record', role, zone: zone.hostedZoneId, name, ttl: ttl?.toSeconds() ?? USUAL_TTL },
        reads: [
          allow(['route53:ListResourceRecordSets', 'route53:GetHostedZone'], zone.hostedZoneArn),
          allow(['route53:GetChange'], `arn:${Aws.PARTITION}:route53:::change/*`),
        ],
        writes: [write],
        isMade: true,
      };
    },
  };
}

function literal(value: string, what: string): string {
  if (!isUnknown(value)) return value;
  throw new UnderstudyError(
    'literal-needed',
    `${what} is only known at deployment; allowed: a literal, by which applications in other stacks find it; fix: write it out`,
  );
}

function allow(actions: string[], resource: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: [resource] });
}

function arnOf(service: string, resource: string, resourceName: string): string {
  const arnFormat = service === 'ssm' ? ArnFormat.SLASH_RESOURCE_NAME : ArnFormat.COLON_RESOURCE_NAME;
  return Arn.format({
    ...{ partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID },
    ...{ service, resource, resourceName, arnFormat },
  });
}
