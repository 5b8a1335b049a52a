import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';

/** Loading its rules takes seconds: one for each file of tests. */
const engine = new RegoEngine();

/** All that CloudFormation's own validator finds, warnings too, whatever is acknowledged: in each stack, with its Region. */
export function cloudFormationFindings(app: App): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'templates-'));
  try {
    return app.synth().stacks.flatMap(({ stackName, template, environment: { region } }) => {
      const path = join(folder, `${stackName}.json`);
      writeFileSync(path, JSON.stringify(template));
      const { diagnostics } = engine.validateDetailed(new TemplateFile(path), {
        severityLevel: 'WARN',
        pseudoParameterOverrides: { region },
      });
      return diagnostics.map(
        ({ severity, ruleId, message, entity }) =>
          `${stackName}/${entity?.logicalId ?? ''}: ${severity} ${ruleId} ${message}`,
      );
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const CLASS_NOT_HERE = /^\S+: ERROR E3025 '([^']+)' is not one of /;

/** The instance classes that the validator knows in the Region that has nearly all of them. */
function knownClasses(): ReadonlySet<string> {
  const folder = mkdtempSync(join(tmpdir(), 'classes-'));
  try {
    const path = join(folder, 'x.json');
    const Properties = { Engine: 'postgres', DBInstanceClass: 'none', StorageEncrypted: true };
    writeFileSync(path, JSON.stringify({ Resources: { X: { Type: 'AWS::RDS::DBInstance', Properties } } }));
    const { diagnostics } = engine.validateDetailed(new TemplateFile(path), {
      pseudoParameterOverrides: { region: 'us-east-1' },
    });
    const refusal = diagnostics.find(({ ruleId }) => ruleId === 'E3025')?.message ?? '';
    return new Set([...refusal.matchAll(/'(db\.[^']+)'/g)].map(([, name = '']) => name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const KNOWN_CLASSES = knownClasses();

/** Whether a finding is that a class which exists is not offered in this Region: topologies do not know that. */
export function isElsewhere(finding: string): boolean {
  return KNOWN_CLASSES.has(CLASS_NOT_HERE.exec(finding)?.[1] ?? '');
}
