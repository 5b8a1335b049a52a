import { Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { UnderstudyError, type Member, type Role } from '../../topology';
import { clusterEngineFrom } from '../engine';
import { isUnknown } from '../known-values';
import type { RegionalFoundation } from '../regional-foundation';
import { waitForSource } from '../wait-for-source';
import { clusterArn, ClusterMember, removedCluster } from './cluster-member';
import type { ClusterSettings } from './cluster-props';
import { clusterTemplate, type ClusterBeginning } from './cluster-template';
import { endpointTemplates, instanceTemplates } from './instances-template';
import { readerScaling } from './reader-scaling';

export interface CreateClusterProps {
  readonly declared: Member;
  readonly role: Role;
  /** Whether its readers scale, if they are to. */
  readonly scalesReaders: boolean;
  readonly engine: rds.IClusterEngine;
  readonly settings: ClusterSettings;
  readonly encryptionKey?: kms.IKey;
  readonly globalIdentifier?: string;
  /** Whom it was created from. @default - it is the origin */
  readonly source?: ClusterMember;
  /** Of the origin. @default - RDS keeps the password */
  readonly secret?: secretsmanager.ISecret;
  /** Makes the Region's shared parts when they are asked for. */
  readonly foundation: () => RegionalFoundation;
}

/** Creates a cluster with its servers in the stack of `scope`. */
export function createCluster(scope: Construct, props: CreateClusterProps): ClusterMember {
  const { declared, engine, settings, secret } = props;
  if (declared.retired === 'removed') return removedCluster(scope, declared);
  const foundation = props.foundation();
  const member = new ClusterMember(scope, declared.id, {
    member: declared,
    role: props.role,
    physicalName: declared.aws.identifier ?? declared.id,
    bind: (memberScope, nameOf) => {
      const own = {
        member: declared,
        engine: clusterEngineFrom(engine),
        settings,
        foundation,
        globalIdentifier: props.globalIdentifier,
        kmsKeyId: declared.encrypted === false ? undefined : props.encryptionKey?.keyArn,
      };
      const resource = clusterTemplate(memberScope, own, beginningOf(props));
      const servers = instanceTemplates(memberScope, resource, { member: declared, engine: own.engine });
      endpointTemplates(memberScope, resource, { member: declared, servers });
      if (props.scalesReaders) readerScaling(memberScope, resource, { member: declared, servers });
      const port = Token.asNumber(resource.attrEndpointPort);
      return {
        identifier: nameOf(resource.ref),
        endpoint: new rds.Endpoint(resource.attrEndpointAddress, port),
        readEndpoint: new rds.Endpoint(resource.attrReadEndpointAddress, port),
        resourceIdentifier: resource.attrDbClusterResourceId,
        instanceIdentifiers: servers.map(({ ref }) => ref),
        servers,
        connections: foundation.connections,
        engine,
        secret,
        resource,
      };
    },
  });
  // After a switchover the history of a cluster must not tie its stack to that of a Region that may be lost.
  if (props.source?.role === 'primary' && member.role === 'replica') waitForSource(member, props.source);
  return member;
}

function beginningOf({ source, secret, globalIdentifier, settings }: CreateClusterProps): ClusterBeginning {
  if (source === undefined)
    return { kind: 'created', secret: settings.credentials === 'rds-managed' ? undefined : secret };
  if (globalIdentifier !== undefined) return { kind: 'joined' };
  const { region } = source.declared;
  const name = source.physicalClusterIdentifier;
  if (region === undefined || isUnknown(region) || isUnknown(name)) {
    throw new UnderstudyError(
      'literal-needed',
      `a cluster is to follow ${source.memberId}, whose Region or identifier is only known at deployment; allowed: literals; fix: set env.region on its stack, and give it an identifier as text`,
    );
  }
  return { kind: 'replicated', sourceArn: clusterArn(name, region), sourceRegion: region };
}
