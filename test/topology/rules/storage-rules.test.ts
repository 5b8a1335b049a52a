import { ENGINES } from '../../../lib/topology';
import { withMember } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields } from '../../_helpers/describe-rule';
import { promoted, sample } from '../../_helpers/sample-topology';

describeRule('replica-storage-below-source', {
  breaches: [
    {
      of: 'a gibibyte less',
      input: withMember(sample(), 'bab', { storage: { gib: 99 } }),
      lines: [
        "error replica-storage-below-source: members.bab.storage.gib: bab has 99 GiB, its source ada 100 GiB. Allowed: 100 GiB or more. Fix: leave it out: a replica takes its source's.",
      ],
    },
  ],
  accepted: [
    { of: 'as much', input: withMember(sample(), 'bab', { storage: { gib: 100 } }) },
    { of: 'more', input: withMember(sample(), 'bab', { storage: { gib: 200 } }) },
    { of: 'less after a promotion', input: withMember(promoted(sample()), 'bab', { storage: { gib: 99 } }) },
  ],
  unknown: [{ of: 'the volume', erase: withoutMemberFields('storage') }],
});

describeRule('storage-type-unsupported', {
  breaches: [
    {
      of: 'gp2 of a source and its replica once',
      input: withMember(sample('db2'), 'ada', { storage: { gib: 100, type: 'gp2' } }),
      lines: [
        'error storage-type-unsupported: members.ada.storage.type: the storage type is gp2 and the engine is Db2. Allowed: gp3, io1 or io2. Fix: write `type: gp3`.',
      ],
    },
  ],
  accepted: [
    { of: 'gp3', input: withMember(sample('db2'), 'ada', { storage: { gib: 100, type: 'gp3' } }) },
    ...(['mysql', 'mariadb', 'postgres', 'oracle', 'sqlserver'] as const).map((engine) => ({
      of: `gp2 on ${ENGINES[engine].title}`,
      input: withMember(sample(engine), 'ada', { storage: { gib: 100, type: 'gp2' as const } }),
    })),
  ],
  unknown: [{ of: 'the volume', erase: withoutMemberFields('storage') }],
});

describeRule('small-volume-provisioned', {
  breaches: [
    {
      of: 'iops on 399 GiB',
      input: withMember(sample(), 'ada', { storage: { gib: 399, iops: 4000 } }),
      lines: [
        'error small-volume-provisioned: members.ada.storage.iops: ada has a gp3 volume of 399 GiB with iops or throughput of its own. Allowed: iops and throughput from 400 GiB on; smaller volumes have 3000 and 125 MiB/s, always. Fix: leave both out, or make the volume larger.',
      ],
    },
    {
      of: "throughput on a volume of the source's size",
      input: withMember(sample('oracle'), 'bab', { storage: { throughput: 250 } }),
      lines: [
        'error small-volume-provisioned: members.bab.storage.throughput: bab has a gp3 volume of 100 GiB with iops or throughput of its own. Allowed: iops and throughput from 200 GiB on; smaller volumes have 3000 and 125 MiB/s, always. Fix: leave both out, or make the volume larger.',
      ],
    },
  ],
  accepted: [
    { of: '400 GiB', input: withMember(sample(), 'ada', { storage: { gib: 400, iops: 12_000 } }) },
    { of: 'Oracle with 200 GiB', input: withMember(sample('oracle'), 'ada', { storage: { gib: 200, iops: 4000 } }) },
    { of: 'io2', input: withMember(sample(), 'ada', { storage: { gib: 100, type: 'io2', iops: 4000 } }) },
    {
      of: 'SQL Server of any size',
      input: withMember(sample('sqlserver'), 'ada', { storage: { gib: 20, iops: 4000 } }),
    },
  ],
  unknown: [{ of: 'the volume', erase: withoutMemberFields('storage') }],
});

describeRule('growth-too-small', {
  breaches: [
    {
      of: 'less than a tenth',
      input: withMember(sample(), 'ada', { storage: { gib: 100, growTo: 109 } }),
      lines: [
        'error growth-too-small: members.ada.storage.growTo: ada may grow to 109 GiB and starts with 100 GiB. Allowed: 110 GiB or more: RDS grows a volume by a tenth at least. Fix: raise growTo, or leave it out.',
      ],
    },
    {
      of: "a replica's own limit below its source's size",
      input: withMember(sample(), 'bab', { storage: { growTo: 50 } }),
      lines: [
        'error growth-too-small: members.bab.storage.growTo: bab may grow to 50 GiB and starts with 100 GiB. Allowed: 110 GiB or more: RDS grows a volume by a tenth at least. Fix: raise growTo, or leave it out.',
      ],
    },
  ],
  accepted: [
    { of: 'a tenth', input: withMember(sample(), 'ada', { storage: { gib: 100, growTo: 110 } }) },
    { of: 'no growth', input: withMember(sample(), 'ada', { storage: { gib: 100 } }) },
  ],
  unknown: [{ of: 'the volume', erase: withoutMemberFields('storage') }],
});
