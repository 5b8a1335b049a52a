import type { ClusterInstance, Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { isAtLeast } from '../version';

/** Sources: Amazon Aurora User Guide, "Replication with Amazon Aurora" and "Using Amazon Aurora Global Database", 2026-11. */
export const MOST_READERS = 15;
export const MOST_READERS_OF_SECONDARY = 16;
export const MOST_SECONDARIES = 10;

/** Aurora's class of servers that scale by themselves. */
export const SERVERLESS = 'db.serverless';

/** Nothing while they are not known. */
export function instancesOf({ instances = [] }: Member): readonly ClusterInstance[] {
  return instances;
}

/** Whether one of the instances of the cluster takes writes: all clusters have a writer but the secondaries of a global. */
export function hasWriter(member: Member, view: TopologyView): boolean {
  return !view.isGlobal || view.roleOf(member) === 'primary';
}

/** How many of the declared instances are readers. */
export function readersOf(member: Member, view: TopologyView): number {
  const count = instancesOf(member).length;
  return hasWriter(member, view) ? Math.max(0, count - 1) : count;
}

/** How many readers a cluster can have, being what it is now. */
export function mostReaders(member: Member, view: TopologyView): number {
  if (!view.isGlobal) return MOST_READERS;
  return hasWriter(member, view) ? MOST_READERS - view.replicas.length : MOST_READERS_OF_SECONDARY;
}

/** The number by which Aurora goes: `3.08.2` of `8.0.mysql_aurora.3.08.2`. */
export function auroraNumber(version: string): string {
  return version.replace(/^.*mysql_aurora\./, '');
}

/**
 * Whether a version has what begins at `least` in each major; majors that are not named have it when they are newer than all
 * that are. True as well when it cannot be told.
 */
export function isSince(version: string, least: Readonly<Record<string, string>>): boolean {
  const number = auroraNumber(version);
  const [major = ''] = number.split('.');
  const from = least[major];
  if (from !== undefined) return isAtLeast(number, from);
  return Object.keys(least).every((each) => Number(each) < Number(major));
}
