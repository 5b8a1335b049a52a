import { formatFinding, type Finding } from './finding';
import { UnderstudyError } from './understudy-error';

/** A topology has errors. Carries every finding, warnings too, so that nothing has to be found one at a time. */
export class TopologyRefused extends UnderstudyError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[], file?: string) {
    const errors = findings.filter((finding) => finding.severity === 'error');
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    super(
      'topology-refused',
      `the topology has ${count}:\n${errors.map((finding) => `  ${formatFinding(finding, file)}`).join('\n')}`,
    );
    this.name = 'TopologyRefused';
    this.findings = findings;
  }
}
