import { withEngine, withMember } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields } from '../../_helpers/describe-rule';
import { promoted, sample } from '../../_helpers/sample-topology';

describeRule('size-unknown', {
  breaches: [
    {
      of: 'a class without db',
      input: withMember(sample(), 'bab', { size: 'r7g.large' }),
      lines: [
        'error size-unknown: members.bab.size: size is r7g.large. Allowed: a DB instance class, for example db.r7g.large. Fix: write db., the family, a dot and the size.',
      ],
    },
    {
      of: 'the class of a source and its replica once',
      input: withMember(sample(), 'ada', { size: 'db.r7g.xl' }),
      lines: [
        'error size-unknown: members.ada.size: size is db.r7g.xl. Allowed: a DB instance class, for example db.r7g.large. Fix: write db., the family, a dot and the size.',
      ],
    },
  ],
  accepted: [
    { of: 'a class', input: withMember(sample(), 'ada', { size: 'db.t4g.micro' }) },
    {
      of: 'a class with processor features',
      input: withMember(sample('oracle'), 'ada', { size: 'db.r5.4xlarge.tpc2.mem2x' }),
    },
  ],
  unknown: [{ of: 'the size', erase: withoutMemberFields('size') }],
});

describeRule('size-not-offered', {
  breaches: [
    {
      of: 'a class that is offered elsewhere, of the origin and of whoever takes it from there',
      input: withMember(withMember(sample(), 'ada', { size: 'db.r7g.large', region: 'eu-west-1' }), 'bab', {
        region: 'eu-west-3',
        key: 'create',
      }),
      lines: [
        'error size-not-offered: members.bab.size: bab is to be a db.r7g.large in eu-west-3, which RDS does not offer there for PostgreSQL. Allowed: near it, there: db.r8g.large, db.r7i.large, db.r6g.large or db.r6i.large. Fix: take one of these, or a Region such as eu-central-1.',
      ],
    },
    {
      of: 'a class that is offered in another part of the world, of two in one Region once',
      input: withMember(sample('mysql'), 'ada', { size: 'db.m9g.large' }),
      lines: [
        'error size-not-offered: members.ada.size: ada is to be a db.m9g.large in eu-west-1, which RDS does not offer there for MySQL. Allowed: near it, there: db.m8g.large, db.m8gd.large, db.m7g.large or db.m7i.large. Fix: take one of these, or a Region such as eu-central-1.',
      ],
    },
    {
      of: 'a misspelt class',
      input: withMember(sample('mariadb'), 'bab', { size: 'db.r77g.large' }),
      lines: [
        'error size-not-offered: members.bab.size: bab is to be a db.r77g.large in eu-west-1, which RDS offers for MariaDB in no Region that this release knows. Allowed: near it, there: db.r8g.large, db.r7g.large, db.r6g.large or db.r8gd.large. Fix: take one of these.',
      ],
    },
    {
      of: 'a class that the edition does not have',
      input: withMember(sample('sqlserver'), 'ada', { size: 'db.r7g.xlarge' }),
      lines: [
        'error size-not-offered: members.ada.size: ada is to be a db.r7g.xlarge in eu-west-1, which RDS offers for SQL Server edition ee in no Region that this release knows. Allowed: near it, there: db.r7i.xlarge, db.r8i.xlarge, db.r6i.xlarge or db.r5d.xlarge. Fix: take one of these.',
      ],
    },
    {
      of: 'the class of a replica whose source is gone',
      input: withMember(promoted(withMember(sample(), 'ada', { size: 'db.m9g.large' })), 'ada', { retired: 'removed' }),
      lines: [
        'error size-not-offered: members.bab.size: bab is to be a db.m9g.large in eu-west-1, which RDS does not offer there for PostgreSQL. Allowed: near it, there: db.m8g.large, db.m8gd.large, db.m7g.large or db.m7i.large. Fix: take one of these, or a Region such as eu-central-1.',
      ],
    },
    {
      of: 'a class that the version does not take',
      input: withMember(sample('mysql'), 'ada', { size: 'db.t2.large' }),
      lines: [
        'error size-not-offered: members.ada.size: ada is to be a db.t2.large in eu-west-1, which RDS does not offer for MySQL 8.4.7. Allowed: near it, there: db.t3.large, db.t4g.large, db.t3.xlarge or db.t3.medium. Fix: take one of these, or a version that has it.',
      ],
    },
    {
      of: 'a class that only the newer version of a replica does not take',
      input: withMember(withMember(sample('postgres', '17.3'), 'ada', { size: 'db.m4.large' }), 'bab', {
        version: '17.6',
      }),
      lines: [
        'error size-not-offered: members.bab.size: bab is to be a db.m4.large in eu-west-1, which RDS does not offer for PostgreSQL 17.6. Allowed: near it, there: db.m5.large, db.m5d.large, db.m6in.large or db.m6idn.large. Fix: take one of these, or a version that has it.',
      ],
    },
  ],
  accepted: [
    { of: 'a class that is offered', input: withMember(sample(), 'ada', { size: 'db.m8g.48xlarge' }) },
    {
      of: 'any class in a Region that this release does not know',
      input: withMember(withMember(sample(), 'ada', { region: 'us-iso-east-1', size: 'db.m9g.large' }), 'bab', {
        region: 'us-iso-east-1',
      }),
    },
    {
      of: 'any class of an engine that this release does not know',
      input: withMember(withEngine(sample('oracle'), { edition: 'ee-cdb' }), 'ada', { size: 'db.r7g.xlarge' }),
    },
    {
      of: 'what is no class at all, which is reported as such',
      input: withMember(sample(), 'ada', { size: 'db.r7g.huge' }),
    },
    {
      of: 'an edition that cannot have replicas, which has to change first',
      input: withMember(withEngine(sample('sqlserver'), { edition: 'web' }), 'ada', { size: 'db.m7i.24xlarge' }),
    },
  ],
  unknown: [
    { of: 'the size', erase: withoutMemberFields('size') },
    { of: 'the Region', erase: withoutMemberFields('region') },
  ],
});
