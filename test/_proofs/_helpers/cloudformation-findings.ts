import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnElement, type App } from 'aws-cdk-lib';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { acknowledgedIn } from './nag-findings';

/** Loading its rules takes seconds: one for each file of tests. */
const engine = new RegoEngine();

/** All that CloudFormation's own validator finds and nobody acknowledged, warnings too: in each stack, with its Region. */
export function cloudFormationFindings(app: App): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'templates-'));
  const acknowledged = acknowledgedRules(app);
  try {
    return app.synth().stacks.flatMap(({ stackName, template, environment: { region } }) => {
      const path = join(folder, `${stackName}.json`);
      writeFileSync(path, JSON.stringify(template));
      const { diagnostics } = engine.validateDetailed(new TemplateFile(path), {
        severityLevel: 'WARN',
        pseudoParameterOverrides: { region },
      });
      return diagnostics
        .map((found) => ({ ...found, at: `${stackName}/${found.entity?.logicalId ?? ''}` }))
        .filter(({ at, ruleId }) => acknowledged.get(at)?.has(`CloudFormation-Validate::${ruleId}`) !== true)
        .map(({ at, severity, ruleId, message }) => `${at}: ${severity} ${ruleId} ${message}`);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** By stack and logical id, as the validator names what it finds: the rules acknowledged for it or for what it is in. */
function acknowledgedRules(app: App): ReadonlyMap<string, ReadonlySet<string>> {
  const rules = acknowledgedIn(app);
  const resources = app.node.findAll().filter((construct) => CfnElement.isCfnElement(construct));
  return new Map(
    resources.map((resource) => {
      const place = `${resource.stack.stackName}/${String(resource.stack.resolve(resource.logicalId))}`;
      const own = rules.filter(({ path }) => `${resource.node.path}/`.startsWith(`${path}/`));
      return [place, new Set(own.map(({ id }) => id))];
    }),
  );
}
