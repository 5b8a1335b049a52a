import type { App } from 'aws-cdk-lib';

/** A resource as CloudFormation sees it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

/** Templates by the names of their stacks. */
export type Templates = Readonly<Record<string, Template>>;

export function templatesOf(app: App): Templates {
  return Object.fromEntries(app.synth().stacks.map((stack) => [stack.stackName, stack.template as Template]));
}

export interface PlacedResource extends TemplateResource {
  readonly stack: string;
  readonly logicalId: string;
}

export function resourcesIn(templates: Templates): readonly PlacedResource[] {
  return Object.entries(templates).flatMap(([stack, { Resources = {} }]) =>
    Object.entries(Resources).map(([logicalId, resource]) => ({ ...resource, stack, logicalId })),
  );
}
