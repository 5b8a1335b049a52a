import '../../_helpers/quiet-synthesis';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { TopologyStacks } from '../../../../lib/aws';
import { define, type TopologyInput } from '../../../../lib/topology';

export type Properties = Readonly<Record<string, unknown>>;

/** Templates by Region. */
export function stacksOf(input: TopologyInput): (region: string) => Template {
  const { stacks } = new TopologyStacks(new App(), input.name, { topology: define(input) });
  return (region) => {
    const stack = stacks.get(region);
    if (stack === undefined) throw new Error(`no stack in ${region}`);
    return Template.fromStack(stack);
  };
}

export function propertiesOf(template: Template, type: string): readonly Properties[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties as Properties);
}
