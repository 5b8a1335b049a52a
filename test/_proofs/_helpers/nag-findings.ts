import { Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** All that AWS Solutions find and nobody acknowledged: the rule and the construct, sorted. */
export function nagFindings(app: App): readonly string[] {
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return violations
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => `${ruleName} ${constructPath}`),
    )
    .toSorted();
}

export interface Acknowledged {
  readonly path: string;
  readonly id: string;
  readonly reason: string;
}

/** What is acknowledged in an app, and why. */
export function acknowledgedIn(app: App): readonly Acknowledged[] {
  return app.node.findAll().flatMap((construct: IConstruct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Readonly<Record<string, string>>))
      .map(([id, reason]) => ({ path: construct.node.path, id, reason })),
  );
}
