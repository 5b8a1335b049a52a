import type * as pulumi from '@pulumi/pulumi';
import { DnsManagedZoneIamMember } from '@pulumi/gcp/dns';
import { IAMCustomRole, IAMMember } from '@pulumi/gcp/projects';
import { TopicIAMMember } from '@pulumi/gcp/pubsub';
import { SecretIamMember } from '@pulumi/gcp/secretmanager';
import { Account } from '@pulumi/gcp/serviceaccount';
import { fittingName, type GoogleEndpointSetting } from '../runbook/contract';
import { permissionsOf, PROJECT_NEEDS, SECRET_NEEDS, TOPIC_NEEDS, ZONE_NEEDS } from './runbook-permissions';

export interface RunbookAccessOptions {
  /** Of the component, before each of its resources. */
  readonly name: string;
  /** Of the topology and the region, as it may stand in an id. */
  readonly slug: string;
  readonly project: string;
  readonly endpoints: readonly GoogleEndpointSetting[];
  /** Id of the secret with the user that asks the databases. */
  readonly secret?: string;
  readonly topic: pulumi.Input<string>;
  readonly parent: pulumi.Resource;
}

/** An account for a runbook, and what it may do: each permission is one of a call that the runbook makes. */
export function runbookAccount(options: RunbookAccessOptions): Account {
  const { name, slug, project, parent } = options;
  const account = new Account(
    `${name}-account`,
    { accountId: accountId(slug), displayName: `Runbook ${slug}`, project },
    { parent },
  );
  const member = account.member;
  const role = (what: string, permissions: string[]): pulumi.Output<string> =>
    new IAMCustomRole(
      `${name}-${what}-role`,
      {
        roleId: roleId(slug, what),
        title: `Runbook ${slug}: ${what}`,
        permissions,
        project,
      },
      { parent },
    ).name;
  new IAMMember(
    `${name}-project`,
    { project, role: role('project', permissionsOf(PROJECT_NEEDS)), member },
    { parent },
  );
  new TopicIAMMember(
    `${name}-topic-access`,
    { topic: options.topic, role: role('topic', permissionsOf(TOPIC_NEEDS)), member, project },
    { parent },
  );
  grantEndpoints(options, { member, role });
  return account;
}

interface Granting {
  readonly member: pulumi.Output<string>;
  readonly role: (what: string, permissions: string[]) => pulumi.Output<string>;
}

function grantEndpoints(options: RunbookAccessOptions, { member, role }: Granting): void {
  const { name, project, endpoints, secret, parent } = options;
  const zones = new Set(endpoints.flatMap((each) => (each.kind === 'record' ? [each.zone] : [])));
  if (zones.size > 0) {
    const zoneRole = role('zone', permissionsOf(ZONE_NEEDS));
    for (const managedZone of zones) {
      new DnsManagedZoneIamMember(
        `${name}-zone-${managedZone}`,
        { managedZone, role: zoneRole, member, project },
        { parent },
      );
    }
  }
  const written = new Set(endpoints.flatMap((each) => (each.kind === 'secret' ? [each.id] : [])));
  const secrets = new Set([...written, ...(secret === undefined ? [] : [secret])]);
  const { 'secretmanager.versions.access': read = [], ...more } = SECRET_NEEDS;
  const writing = written.size === 0 ? undefined : role('secret', [...read, ...Object.values(more).flat()]);
  const reading = secrets.size === written.size ? undefined : role('login', [...read]);
  for (const secretId of secrets) {
    const own = written.has(secretId) ? writing : reading;
    if (own === undefined) continue;
    new SecretIamMember(`${name}-secret-${secretId}`, { secretId, role: own, member, project }, { parent });
  }
}

/** Ids of accounts have 6 to 30 characters. */
function accountId(slug: string): string {
  return fittingName(`us-${slug}`, 30).padEnd(6, '0');
}

/** Ids of roles have up to 64 characters, and no hyphen. */
function roleId(slug: string, what: string): string {
  return `${fittingName(`understudy_${slug}`, 64 - what.length - 1)}_${what}`.replaceAll('-', '_');
}
