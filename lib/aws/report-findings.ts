import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { findingsIn, formatFinding, type Topology } from '../topology';
import { knownValues } from './known-values';

/** Annotates a construct with the warnings of the rules, to be acknowledged by their codes. @returns the errors, which stop synthesis */
export function reportFindings(construct: IConstruct, topology: Topology): string[] {
  const findings = findingsIn(knownValues(topology));
  for (const finding of findings.filter(({ severity }) => severity === 'warning')) {
    Annotations.of(construct).addWarningV2(`db-understudy:${finding.code}`, formatFinding(finding));
  }
  return findings.filter(({ severity }) => severity === 'error').map((finding) => formatFinding(finding));
}
