import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { MemberId, Topology } from '../topology';

/** What there is of a topology in the template. */
export interface TaggedDatabase {
  /** Where its constructs are, in all Regions. */
  readonly scopes: readonly IConstruct[];
  readonly memberOf: (id: MemberId) => IConstruct;
}

/** Puts the tags of a topology on everything of it, and those of a member on what is the member's. */
export function tagDatabase({ tags, members }: Topology, { scopes, memberOf }: TaggedDatabase): void {
  for (const [key, value] of Object.entries(tags)) {
    for (const scope of scopes) Tags.of(scope).add(key, value);
  }
  for (const { id, tags: own } of members) {
    for (const [key, value] of Object.entries(own)) Tags.of(memberOf(id)).add(key, value);
  }
}
