import { withMember, withMemberAws } from '../../_arbitraries/edits';
import { describeRule, withoutVersions } from '../../_helpers/describe-rule';
import { sampleCluster, sampleGlobal } from '../../_helpers/sample-cluster';

const SERVERLESS = { size: 'db.serverless' };

/** The sample with a serverless reader and a range. */
function scaled(min: number, max: number, base = sampleCluster()) {
  const mixed = withMember(base, 'ada', { instances: { x: { tier: 0 }, y: { ...SERVERLESS, tier: 1 } } });
  return withMemberAws(mixed, 'ada', { capacity: { min, max } });
}

const RANGE =
  'Allowed: min from 0, max from 1 to 256, both in steps of 0.5, and min not above max. Fix: write for example `capacity: { min: 0.5, max: 16 }`.';
const SINCE =
  'Allowed: 0 from 3.08.0 of Aurora MySQL and 13.15, 14.12, 15.7 and 16.3 of Aurora PostgreSQL on; above 128 from 3.06, and 13.13, 14.10, 15.5 and 16.1 on. Fix: change the range, or upgrade.';

describeRule('capacity-missing', {
  breaches: [
    {
      of: 'a serverless instance without a range',
      input: withMember(sampleCluster(), 'ada', { instances: { x: {}, y: SERVERLESS } }),
      lines: [
        'error capacity-missing: members.ada.aws.capacity: ada has the serverless instance y and no capacity. Allowed: a range of Aurora capacity units. Fix: add for example `capacity: { min: 0.5, max: 16 }`.',
      ],
    },
  ],
  accepted: [
    { of: 'a range', input: scaled(0.5, 16) },
    { of: 'a range for nobody yet', input: withMemberAws(sampleCluster(), 'ada', { capacity: { min: 1, max: 2 } }) },
  ],
});

describeRule('capacity-range', {
  breaches: [
    {
      of: 'a range upside down',
      input: scaled(16, 8),
      lines: [
        `error capacity-range: members.ada.aws.capacity: the instances of ada scale between 16 and 8 units. ${RANGE}`,
      ],
    },
    {
      of: 'more than there are',
      input: scaled(8, 256.5),
      lines: [
        `error capacity-range: members.ada.aws.capacity: the instances of ada scale between 8 and 256.5 units. ${RANGE}`,
      ],
    },
    {
      of: 'less than one at most',
      input: scaled(0.5, 0.5),
      lines: [
        `error capacity-range: members.ada.aws.capacity: the instances of ada scale between 0.5 and 0.5 units. ${RANGE}`,
      ],
    },
  ],
  accepted: [
    { of: 'all that there are', input: scaled(0, 256) },
    { of: 'one', input: scaled(1, 1) },
  ],
});

describeRule('capacity-version', {
  breaches: [
    {
      of: 'a pause',
      input: scaled(0, 16, sampleCluster('aurora-postgresql', '15.6')),
      lines: [`error capacity-version: members.ada.aws.capacity: ada on 15.6 is to have a pause (min 0). ${SINCE}`],
    },
    {
      of: 'more than 128 units',
      input: scaled(1, 128.5, sampleCluster('aurora-mysql', '8.0.mysql_aurora.3.05.2')),
      lines: [
        `error capacity-version: members.ada.aws.capacity: ada on 3.05.2 is to have more than 128 units. ${SINCE}`,
      ],
    },
  ],
  accepted: [
    { of: 'a pause from then on', input: scaled(0, 16, sampleCluster('aurora-postgresql', '15.7')) },
    { of: 'up to 128 units before', input: scaled(1, 128, sampleCluster('aurora-mysql', '8.0.mysql_aurora.3.05.2')) },
    { of: 'a newer major', input: scaled(0, 256, sampleCluster('aurora-postgresql', '17.4')) },
    { of: 'the newest Aurora MySQL', input: scaled(0, 256, sampleCluster('aurora-mysql', '8.4.mysql_aurora.8.4.7')) },
  ],
  unknown: [{ of: 'the version', erase: withoutVersions }],
});

describeRule('serverless-tier', {
  breaches: [
    {
      of: 'a serverless instance that is next and scales alone',
      input: withMember(scaled(0.5, 16), 'ada', { instances: { x: { tier: 0 }, y: { ...SERVERLESS, tier: 2 } } }),
      lines: [
        'warning serverless-tier: members.ada.instances.y.tier: y becomes writer next and is a serverless instance in tier 2: it scales by its own load, and begins as writer with what it has. Allowed: tier 0 or 1, in which serverless readers keep the capacity of their writer. Fix: set `tier: 1` on y.',
      ],
    },
  ],
  accepted: [
    { of: 'tier 1', input: scaled(0.5, 16) },
    {
      of: 'another that is before it',
      input: withMember(scaled(0.5, 16), 'ada', { instances: { x: {}, y: {}, z: { ...SERVERLESS, tier: 15 } } }),
    },
    {
      of: 'another in its tier',
      input: withMember(scaled(0.5, 16), 'ada', {
        instances: { x: {}, y: { tier: 2 }, z: { ...SERVERLESS, tier: 2 } },
      }),
    },
    {
      of: 'a secondary, which takes no writes',
      input: withMember(withMemberAws(sampleGlobal(), 'bab', { capacity: { min: 1, max: 2 } }), 'bab', {
        instances: { x: {}, y: { ...SERVERLESS, tier: 15 } },
      }),
    },
  ],
});
