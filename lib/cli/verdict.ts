import type { Checked, Finding, Topology } from '../topology';

/** The outcome of a check in one line. */
export function verdictOn({ topology, findings }: Checked): string {
  const counts = `${count(findings, 'error')}, ${count(findings, 'warning')}`;
  return topology === undefined || findings.length > 0 ? counts : `${counts}; ${extentOf(topology)}`;
}

function count(findings: readonly Finding[], severity: Finding['severity']): string {
  return counted(findings.filter((finding) => finding.severity === severity).length, severity);
}

/** Removed members are only remembered: they are not counted. */
function extentOf({ members }: Topology): string {
  const present = members.filter(({ retired }) => retired !== 'removed');
  const regions = [...new Set(present.map(({ region }) => region ?? 'unknown'))];
  return `${counted(present.length, 'member')} in ${counted(regions.length, 'Region')} (${regions.join(', ')})`;
}

function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
