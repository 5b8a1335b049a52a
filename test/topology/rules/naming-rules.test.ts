import { withMember, withMemberAws, withNew } from '../../_arbitraries/edits';
import { describeRule, withoutMemberAws } from '../../_helpers/describe-rule';
import { follower, promoted, sample } from '../../_helpers/sample-topology';

describeRule('identifier-invalid', {
  breaches: [
    {
      of: '64 characters',
      input: withMemberAws(sample(), 'ada', { identifier: 'a'.repeat(64) }),
      lines: [
        'error identifier-invalid: members.ada.aws.identifier: the identifier is aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (64 characters). Allowed: 1 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last. Fix: shorten the name or the id, or give the member `aws.identifier`.',
      ],
    },
    {
      of: 'capitals',
      input: withMemberAws(sample(), 'ada', { identifier: 'Orders' }),
      lines: [
        'error identifier-invalid: members.ada.aws.identifier: the identifier is Orders (6 characters). Allowed: 1 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last. Fix: shorten the name or the id, or give the member `aws.identifier`.',
      ],
    },
    {
      of: 'two hyphens',
      input: withMemberAws(sample(), 'ada', { identifier: 'orders--a' }),
      lines: [
        'error identifier-invalid: members.ada.aws.identifier: the identifier is orders--a (9 characters). Allowed: 1 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last. Fix: shorten the name or the id, or give the member `aws.identifier`.',
      ],
    },
    {
      of: 'a hyphen last',
      input: withMemberAws(sample(), 'ada', { identifier: 'orders-' }),
      lines: [
        'error identifier-invalid: members.ada.aws.identifier: the identifier is orders- (7 characters). Allowed: 1 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last. Fix: shorten the name or the id, or give the member `aws.identifier`.',
      ],
    },
    {
      of: 'a digit first',
      input: withMemberAws(sample(), 'ada', { identifier: '1a' }),
      lines: [
        'error identifier-invalid: members.ada.aws.identifier: the identifier is 1a (2 characters). Allowed: 1 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last. Fix: shorten the name or the id, or give the member `aws.identifier`.',
      ],
    },
    {
      of: 'a name and an id that are too long together',
      input: withNew({ ...sample(), name: 'o'.repeat(50) }, 'c'.repeat(13), follower('ada')),
      lines: [
        'error identifier-invalid: members.ccccccccccccc.aws.identifier: the identifier is oooooooooooooooooooooooooooooooooooooooooooooooooo-ccccccccccccc (64 characters). Allowed: 1 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last. Fix: shorten the name or the id, or give the member `aws.identifier`.',
      ],
    },
  ],
  accepted: [
    { of: '63 characters', input: withMemberAws(sample(), 'ada', { identifier: 'a'.repeat(63) }) },
    { of: 'one character', input: withMemberAws(sample(), 'ada', { identifier: 'a' }) },
    {
      of: 'a name and an id that just fit',
      input: withNew({ ...sample(), name: 'o'.repeat(50) }, 'c'.repeat(12), follower('ada')),
    },
  ],
  unknown: [{ of: 'the identifier', erase: withoutMemberAws }],
});

describeRule('identifier-duplicate', {
  breaches: [
    {
      of: 'two members',
      input: withMemberAws(sample(), 'bab', { identifier: 'orders-ada' }),
      lines: [
        'error identifier-duplicate: members.ada.aws.identifier: ada and bab both have the identifier orders-ada. Allowed: one identifier for each member, in all Regions together. Fix: change one of them.',
        'error identifier-duplicate: members.bab.aws.identifier: bab and ada both have the identifier orders-ada. Allowed: one identifier for each member, in all Regions together. Fix: change one of them.',
      ],
    },
    {
      of: 'another Region',
      input: withMemberAws(withMember(sample(), 'bab', { region: 'us-east-1', key: 'create' }), 'bab', {
        identifier: 'orders-ada',
      }),
      lines: [
        'error identifier-duplicate: members.ada.aws.identifier: ada and bab both have the identifier orders-ada. Allowed: one identifier for each member, in all Regions together. Fix: change one of them.',
        'error identifier-duplicate: members.bab.aws.identifier: bab and ada both have the identifier orders-ada. Allowed: one identifier for each member, in all Regions together. Fix: change one of them.',
      ],
    },
  ],
  accepted: [
    {
      of: 'identifiers that differ in one character',
      input: withMemberAws(sample(), 'bab', { identifier: 'orders-adb' }),
    },
  ],
  unknown: [{ of: 'the identifier', erase: withoutMemberAws }],
});

describeRule('role-word-in-name', {
  breaches: [
    {
      of: 'the name',
      input: { ...sample(), name: 'orders-primary' },
      lines: [
        'warning role-word-in-name: name: orders-primary says primary; a name stays for ever, a role does not. Allowed: names by place or purpose, for example virginia-a or reporting. Fix: rename before the first deployment; afterwards it would replace the database.',
      ],
    },
    {
      of: 'ids',
      input: withNew(withNew(sample(), 'replica-1', follower('ada')), 'standby', follower('ada')),
      lines: [
        'warning role-word-in-name: members.replica-1: replica-1 says replica and standby says standby; a name stays for ever, a role does not. Allowed: names by place or purpose, for example virginia-a or reporting. Fix: rename before the first deployment; afterwards it would replace the database.',
      ],
    },
    {
      of: 'an identifier',
      input: withMemberAws(sample(), 'bab', { identifier: 'orders-reader2' }),
      lines: [
        'warning role-word-in-name: members.bab: orders-reader2 says reader; a name stays for ever, a role does not. Allowed: names by place or purpose, for example virginia-a or reporting. Fix: rename before the first deployment; afterwards it would replace the database.',
      ],
    },
  ],
  accepted: [
    {
      of: 'words that only contain one',
      input: withNew({ ...sample(), name: 'masterpiece' }, 'spreadreader', follower('ada')),
    },
    { of: 'a name after a promotion', input: promoted(sample()) },
  ],
});
