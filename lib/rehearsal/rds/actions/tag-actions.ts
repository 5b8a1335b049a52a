import { ApiRefusal } from '../../api-refusal';
import { parseArn } from '../arn';
import type { Instance } from '../instance';
import { namedInstance, type Action, type ActionCall } from './action';
import { mergeTags, tagsOf } from './settings';

const MOST_TAGS = 50;

/** The instance whose ARN is given; tags of anything else are not kept. */
function tagged(call: ActionCall): Instance {
  const name = call.parameters.required('ResourceName');
  if (parseArn(name)?.kind !== 'db') {
    throw new ApiRefusal('InvalidParameterValue', `Invalid resource name: ${name}`);
  }
  return namedInstance(call, 'ResourceName');
}

export const addTagsToResource: Action = {
  mutating: true,
  accepts: ['ResourceName', 'Tags'],
  perform(call) {
    const instance = tagged(call);
    const tags = mergeTags(instance.tags, tagsOf(call.parameters));
    if (tags.length > MOST_TAGS) {
      throw new ApiRefusal('InvalidParameterValue', `A resource can have at most ${MOST_TAGS} tags.`);
    }
    call.fleet.change(instance, { tags });
    return undefined;
  },
};

export const removeTagsFromResource: Action = {
  mutating: true,
  accepts: ['ResourceName', 'TagKeys'],
  perform(call) {
    const instance = tagged(call);
    const keys = call.parameters.list('TagKeys', 'member') ?? [];
    call.fleet.change(instance, { tags: instance.tags.filter(({ key }) => !keys.includes(key)) });
    return undefined;
  },
};

export const listTagsForResource: Action = {
  mutating: false,
  accepts: ['ResourceName'],
  perform: (call) => ({ TagList: { Tag: tagged(call).tags.map(({ key, value }) => ({ Key: key, Value: value })) } }),
};
