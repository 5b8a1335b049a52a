import type { Properties } from './cloud-sql';

/** Fields that differ, by path. What the program leaves out is whatever the cloud says, as with the provider's computed fields. */
export function differences(wanted: unknown, known: unknown, path = ''): readonly string[] {
  if (wanted === undefined) return [];
  if (Array.isArray(wanted)) {
    const there = Array.isArray(known) ? (known as readonly unknown[]) : [];
    if (wanted.length !== there.length) return [path];
    return wanted.flatMap((each, index) => differences(each, there[index], `${path}[${index}]`));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    const there = typeof known === 'object' && known !== null ? (known as Properties) : {};
    return Object.entries(wanted).flatMap(([key, value]) =>
      differences(value, there[key], path === '' ? key : `${path}.${key}`),
    );
  }
  // The provider takes an empty text for none.
  return wanted === known || (wanted === '' && known === undefined) ? [] : [path];
}

/** A field that the program left out, although an absent one is no computed one: the network of the private address. */
export function removals(wanted: Properties, known: Properties): readonly string[] {
  const isGone = networkOf(wanted) === undefined && (networkOf(known) ?? '') !== '';
  return isGone && wanted['settings'] !== undefined ? [NETWORK] : [];
}

const NETWORK = 'settings.ipConfiguration.privateNetwork';
const ALWAYS = /^(name|project|region|encryptionKeyName|settings\.collation)$/;
const REPLICA_CONFIGURATION = /^replicaConfiguration\.(?!cascadableReplica)/;
/** Of a former primary that becomes a replica these change without a replacement. */
const OF_ROLE = new Set(['masterInstanceName', 'replicaConfiguration.cascadableReplica']);

/**
 * Which of these changes of a `gcp.sql.DatabaseInstance` replaces it: the ForceNew rules of the Terraform provider 7.45, read in
 * its code and never run.
 */
export function replacing(changes: readonly string[], wanted: Properties, known: Properties): readonly string[] {
  const isTurned = isSwitchoverFromOldPrimarySide(wanted, known);
  const [to, from] = [settingsOf(wanted), settingsOf(known)];
  const shrinks = to.diskAutoresize === false && (to.diskSize ?? 0) < (from.diskSize ?? 0);
  return changes.filter(
    (path) =>
      ALWAYS.test(path) ||
      REPLICA_CONFIGURATION.test(path) ||
      (OF_ROLE.has(path) && !isTurned) ||
      (path === NETWORK && networkOf(wanted) === undefined) ||
      (path === 'settings.diskSize' && shrinks) ||
      (path === 'settings.autoUpgradeEnabled' && from.autoUpgradeEnabled === true),
  );
}

/**
 * The provider's function of that name: it wants exactly one `replicaConfiguration`, which for MySQL and PostgreSQL a program never
 * has, and of SQL Server a cascadable one.
 */
function isSwitchoverFromOldPrimarySide(wanted: Properties, known: Properties): boolean {
  const configuration = wanted['replicaConfiguration'] as { readonly cascadableReplica?: boolean } | undefined;
  if (configuration === undefined) return false;
  const names = (of: Properties): readonly unknown[] => (of['replicaNames'] ?? []) as readonly unknown[];
  const master = wanted['masterInstanceName'];
  return (
    known['instanceType'] === 'CLOUD_SQL_INSTANCE' &&
    wanted['instanceType'] === 'READ_REPLICA_INSTANCE' &&
    names(known).includes(master) &&
    !names(wanted['replicaNames'] === undefined ? known : wanted).includes(master) &&
    (!isSqlServer(wanted) || configuration.cascadableReplica === true)
  );
}

export const isSqlServer = (of: Properties): boolean => String(of['databaseVersion']).startsWith('SQLSERVER');

interface Settings {
  readonly diskSize?: number;
  readonly diskAutoresize?: boolean;
  readonly autoUpgradeEnabled?: boolean;
  readonly ipConfiguration?: { readonly privateNetwork?: string };
}

const settingsOf = (of: Properties): Settings => of['settings'] ?? {};
const networkOf = (of: Properties): string | undefined => settingsOf(of).ipConfiguration?.privateNetwork;
