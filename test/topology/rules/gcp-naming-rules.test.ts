import { describeRule } from '../../_helpers/describe-rule';
import { cloudSql, withGcp, withMemberGcp, withoutNames } from '../../_helpers/sample-cloud-sql';

describeRule('instance-name-invalid', {
  breaches: [
    {
      of: 'capitals',
      input: withMemberGcp(cloudSql(), 'ada', { name: 'Orders' }),
      lines: [
        'error instance-name-invalid: members.ada.gcp.name: the instance name is Orders (16 characters with the project). Allowed: lower-case letters, digits and hyphens, a letter first; with the project up to 98 characters. Fix: shorten the name or the id, or give the member `gcp.name`.',
      ],
    },
    {
      of: 'a name and a project that are too long together',
      input: withMemberGcp(cloudSql(), 'ada', { name: 'a'.repeat(89) }),
      lines: [
        'error instance-name-invalid: members.ada.gcp.name: the instance name is aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (99 characters with the project). Allowed: lower-case letters, digits and hyphens, a letter first; with the project up to 98 characters. Fix: shorten the name or the id, or give the member `gcp.name`.',
      ],
    },
  ],
  accepted: [
    { of: 'just fitting', input: withMemberGcp(cloudSql(), 'ada', { name: 'a'.repeat(88) }) },
    {
      of: 'longer without a project',
      input: withGcp(withMemberGcp(cloudSql(), 'ada', { name: 'a'.repeat(98) }), { project: undefined }),
    },
  ],
  unknown: [{ of: 'the name', erase: withoutNames }],
});

describeRule('instance-name-duplicate', {
  breaches: [
    {
      of: 'two members',
      input: withMemberGcp(cloudSql(), 'bab', { name: 'orders-ada' }),
      lines: [
        'error instance-name-duplicate: members.ada.gcp.name: ada and bab both have the name orders-ada. Allowed: one name for each member, in all regions together. Fix: change one of them.',
        'error instance-name-duplicate: members.bab.gcp.name: bab and ada both have the name orders-ada. Allowed: one name for each member, in all regions together. Fix: change one of them.',
      ],
    },
  ],
  accepted: [{ of: 'names that differ', input: cloudSql() }],
  unknown: [{ of: 'the name', erase: withoutNames }],
});
