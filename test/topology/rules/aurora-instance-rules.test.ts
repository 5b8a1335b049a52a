import { withMember, withMemberAws } from '../../_arbitraries/edits';
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
        'error instance-size-not-offered: members.ada.instances.y.size: y of ada is to be a db.m7g.large in eu-west-1, which RDS offers for Aurora PostgreSQL in no Region that this release knows. Allowed: near it, there: db.r8g.large, db.r7i.large, db.r7g.large or db.r6i.large. Fix: take one of these.',
      ],
    },
    {
      of: 'a class that Aurora has elsewhere',
      input: withMember(sized('db.x2g.large'), 'ada', { region: 'eu-west-3' }),
      lines: [
        'error instance-size-not-offered: members.ada.instances.y.size: y of ada is to be a db.x2g.large in eu-west-3, which RDS does not offer there for Aurora PostgreSQL. Allowed: near it, there: db.r8g.large, db.r7i.large, db.r7g.large or db.r6i.large. Fix: take one of these, or a Region such as eu-south-2.',
      ],
    },
    {
      of: 'a class that the version does not take',
      input: sized('db.r8g.large', sampleCluster('aurora-mysql', '5.7.mysql_aurora.2.11.5')),
      lines: [
        'error instance-size-not-offered: members.ada.instances.y.size: y of ada is to be a db.r8g.large in eu-west-1, which RDS does not offer for Aurora MySQL 5.7.mysql_aurora.2.11.5. Allowed: near it, there: db.r7g.large, db.r6g.large, db.r6i.large or db.r5.large. Fix: take one of these, or a version that has it.',
      ],
    },
    {
      of: 'a class that only the version of a secondary does not take',
      input: withMember(sized('db.r7g.large', sampleGlobal('aurora-postgresql', '14.7')), 'bab', {
        version: '14.6',
        instances: servers(2, { size: 'db.r7g.large' }),
      }),
      lines: [
        'error instance-size-not-offered: members.bab.instances.i0.size: i0 of bab is to be a db.r7g.large in us-east-1, which RDS does not offer for Aurora PostgreSQL 14.6. Allowed: near it, there: db.r6g.large, db.r6i.large, db.r5.large or db.r6g.xlarge. Fix: take one of these, or a version that has it.',
      ],
    },
  ],
  accepted: [
    { of: 'a class that it has', input: sized('db.r7g.large') },
    {
      of: 'any class of a version that this release does not know',
      input: sized('db.r7g.large', sampleCluster('aurora-postgresql', '14.7')),
    },
    {
      of: 'a server without a class of its own, in a version with limits',
      input: sized(
        'db.serverless',
        withMemberAws(sampleCluster('aurora-postgresql', '14.6'), 'ada', { capacity: { min: 1, max: 4 } }),
      ),
    },
    {
      of: 'any class in a Region that this release does not know',
      input: withMember(sized('db.m7g.large'), 'ada', { region: 'us-iso-east-1' }),
    },
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
