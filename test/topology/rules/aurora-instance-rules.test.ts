import { withMember } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields } from '../../_helpers/describe-rule';
import { sampleCluster, sampleGlobal, servers } from '../../_helpers/sample-cluster';

const sized = (size: string, input = sampleCluster()) =>
  withMember(input, 'ada', { instances: { x: {}, y: { size } } });

describeRule('instance-size-unknown', {
  breaches: [
    {
      of: 'no class',
      input: sized('r7g.large'),
      lines: [
        'error instance-size-unknown: members.ada.instances.y.size: the size of y is r7g.large. Allowed: a DB instance class, for example db.r7g.large, or db.serverless. Fix: write db., the family, a dot and the size.',
      ],
    },
  ],
  accepted: [{ of: 'a class', input: sized('db.r7g.large') }],
});

describeRule('instance-size-not-offered', {
  breaches: [
    {
      of: 'a class that Aurora does not have',
      input: sized('db.m7g.large'),
      lines: [
        'error instance-size-not-offered: members.ada.instances.y.size: y of ada is to be a db.m7g.large in eu-west-1, which is not offered there for Aurora PostgreSQL 16.8. Allowed: near it, there: db.r8g.large, db.r7i.large, db.r7g.large or db.r6i.large. Fix: take one of these.',
      ],
    },
  ],
  accepted: [
    { of: 'a class that it has', input: sized('db.r7g.large') },
    {
      of: 'an engine that has to change first',
      input: { ...sized('db.m7g.large'), engine: { name: 'postgres', version: '17.6' } },
    },
  ],
  unknown: [{ of: 'the Region', erase: withoutMemberFields('region') }],
});

describeRule('instance-identifier-invalid', {
  breaches: [
    {
      of: 'capitals',
      input: withMember(sampleCluster(), 'ada', { instances: { x: {}, y: { identifier: 'Ada' } } }),
      lines: [
        'error instance-identifier-invalid: members.ada.instances.y.identifier: the identifier of y is Ada (3 characters). Allowed: 1 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last. Fix: shorten a name or an id, or give the instance an `identifier`.',
      ],
    },
  ],
  accepted: [
    {
      of: '63 characters',
      input: withMember(sampleCluster(), 'ada', { instances: { x: {}, y: { identifier: 'a'.repeat(63) } } }),
    },
  ],
});

describeRule('instance-identifier-duplicate', {
  breaches: [
    {
      of: 'a name that another cluster has',
      input: withMember(sampleGlobal(), 'bab', { instances: servers(1, { identifier: 'orders-ada-i0' }) }),
      lines: [
        'error instance-identifier-duplicate: members.ada.instances: ada has an instance orders-ada-i0, and so it is called elsewhere in the topology. Allowed: one identifier for each instance, in all clusters and Regions together. Fix: give one of the two another id or `identifier`.',
        'error instance-identifier-duplicate: members.bab.instances: bab has an instance orders-ada-i0, and so it is called elsewhere in the topology. Allowed: one identifier for each instance, in all clusters and Regions together. Fix: give one of the two another id or `identifier`.',
      ],
    },
  ],
  accepted: [{ of: 'the usual names', input: sampleGlobal() }],
});
