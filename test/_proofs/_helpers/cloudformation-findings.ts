import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';

/** Loading its rules takes seconds: one for each file of tests. */
const engine = new CelEngine();

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
        ({ severity, ruleId, message, entity, propertyPath }) =>
          `${[`${stackName}/${entity?.logicalId ?? ''}`, propertyPath].join(' ').trim()}: ${severity} ${ruleId} ${message}`,
      );
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The CDK lets a function and a state machine wait for the policies of their role, and names the role along with them. */
export const IS_THE_CDKS =
  / DependsOn: WARN W3005 '\w+Role\w+' dependency already enforced by a 'GetAtt' at 'Properties\.Role(Arn)?'$/;
