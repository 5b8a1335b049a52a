import { formatFinding, type Finding } from '../topology';
import type { Paint } from './paint';

/** A finding on one line, its severity and code in colour. */
export function findingLine(finding: Finding, file: string, paint: Paint): string {
  const head = `${finding.severity} ${finding.code}:`;
  return `${formatFinding(finding, file).replace(head, paint(finding.severity === 'error' ? 'red' : 'yellow', head))}\n`;
}
