import { withMember, withNew } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields } from '../../_helpers/describe-rule';
import { alone, beside, cloudSql, withGcp, withMemberGcp } from '../../_helpers/sample-cloud-sql';

describeRule('google-region-unknown', {
  breaches: [
    {
      of: 'a Region of AWS',
      input: withMember(cloudSql(), 'ada', { region: 'eu-west-1' }),
      lines: [
        'error google-region-unknown: members.ada.region: region is eu-west-1, which is no region of Google Cloud that this release knows. Allowed: a region, for example europe-west1. Fix: write the region, not a zone.',
      ],
    },
    {
      of: 'a misspelt region',
      input: withMember(cloudSql(), 'bab', { region: 'europe-nort1' }),
      lines: [
        'error google-region-unknown: members.bab.region: region is europe-nort1, which is no region of Google Cloud that this release knows. Allowed: a region, for example europe-west1. Fix: did you mean europe-north1?',
      ],
    },
  ],
  accepted: [{ of: 'a region', input: cloudSql() }],
  unknown: [{ of: 'the region', erase: withoutMemberFields('region') }],
});

describeRule('key-in-other-location', {
  breaches: [
    {
      of: 'the region of the source',
      input: withMember(cloudSql(), 'bab', {
        key: 'projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k',
      }),
      lines: [
        'error key-in-other-location: members.bab.key: bab is in europe-north1 and its key in europe-west1. Allowed: a key of europe-north1: Cloud SQL takes no key of another location, nor of a multi-region. Fix: name a key of that region.',
      ],
    },
    {
      of: 'a multi-region',
      input: withMember(cloudSql(), 'ada', { key: 'projects/acme-prod/locations/europe/keyRings/sql/cryptoKeys/k' }),
      lines: [
        'error key-in-other-location: members.ada.key: ada is in europe-west1 and its key in europe. Allowed: a key of europe-west1: Cloud SQL takes no key of another location, nor of a multi-region. Fix: name a key of that region.',
      ],
    },
  ],
  accepted: [
    {
      of: 'its own region',
      input: withMember(cloudSql(), 'bab', {
        key: 'projects/acme-prod/locations/europe-north1/keyRings/sql/cryptoKeys/k',
      }),
    },
  ],
  unknown: [{ of: 'the region', erase: withoutMemberFields('region') }],
});

describeRule('own-key-missing', {
  breaches: [
    {
      of: 'a replica elsewhere',
      input: withMember(cloudSql(), 'ada', {
        key: 'projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k',
      }),
      lines: [
        'error own-key-missing: members.bab.key: bab in europe-north1 has no key, and its source ada in europe-west1 has one. Allowed: a Cloud KMS key of europe-north1. Fix: name a key of that region.',
      ],
    },
  ],
  accepted: [
    {
      of: 'one that has a key',
      input: withMember(
        withMember(cloudSql(), 'ada', { key: 'projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k' }),
        'bab',
        { key: 'projects/acme-prod/locations/europe-north1/keyRings/sql/cryptoKeys/k' },
      ),
    },
    {
      of: 'one beside it',
      input: withNew(
        withMember(
          withMember(cloudSql(), 'ada', { key: 'projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k' }),
          'bab',
          { key: 'projects/acme-prod/locations/europe-north1/keyRings/sql/cryptoKeys/k' },
        ),
        'cyd',
        beside('ada'),
      ),
    },
  ],
  unknown: [
    { of: 'the key', erase: withoutMemberFields('key') },
    { of: 'the region', erase: withoutMemberFields('region') },
  ],
});

describeRule('own-key-differs', {
  breaches: [
    {
      of: 'another key',
      input: withNew(
        withMember(
          withMember(cloudSql(), 'ada', { key: 'projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k' }),
          'bab',
          { key: 'projects/acme-prod/locations/europe-north1/keyRings/sql/cryptoKeys/k' },
        ),
        'cyd',
        beside('ada', { key: 'projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/other' }),
      ),
      lines: [
        "error own-key-differs: members.cyd.key: cyd has the key projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/other, and its source ada in the same region projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k. Allowed: no key of its own: it has its source's, and another would replace it again and again. Fix: take the key away.",
      ],
    },
    {
      of: 'a key where the source has none',
      input: withNew(
        cloudSql(),
        'cyd',
        beside('ada', { key: 'projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k' }),
      ),
      lines: [
        "error own-key-differs: members.cyd.key: cyd has the key projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k, and its source ada in the same region none. Allowed: no key of its own: it has its source's, and another would replace it again and again. Fix: take the key away.",
      ],
    },
  ],
  accepted: [
    {
      of: 'the same key',
      input: withNew(
        withMember(
          withMember(cloudSql(), 'ada', { key: 'projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k' }),
          'bab',
          { key: 'projects/acme-prod/locations/europe-north1/keyRings/sql/cryptoKeys/k' },
        ),
        'cyd',
        beside('ada', { key: 'projects/acme-prod/locations/europe-west1/keyRings/sql/cryptoKeys/k' }),
      ),
    },
  ],
  unknown: [{ of: 'the key', erase: withoutMemberFields('key') }],
});

describeRule('connector-enforced', {
  breaches: [
    {
      of: 'replicas',
      input: withGcp(cloudSql(), { connectorEnforcement: true }),
      lines: [
        'error connector-enforced: gcp.connectorEnforcement: connectors are enforced and there are replicas. Allowed: one of the two: Cloud SQL has no replicas of an instance that accepts connectors only. Fix: take connectorEnforcement away; sslMode client-certificate is strict, too.',
      ],
    },
  ],
  accepted: [{ of: 'none', input: alone(withGcp(cloudSql(), { connectorEnforcement: true })) }],
});

describeRule('failover-target-gone', {
  breaches: [
    {
      of: 'one',
      input: withMemberGcp(cloudSql(), 'bab', { failoverTarget: true }),
      lines: [
        'error failover-target-gone: members.bab.gcp.failoverTarget: bab is to be a legacy failover replica, which Cloud SQL no longer creates. Allowed: standby: regional in the region; gcp.drReplica in another. Fix: take failoverTarget away.',
      ],
    },
  ],
  accepted: [{ of: 'false', input: withMemberGcp(cloudSql(), 'bab', { failoverTarget: false }) }],
});

describeRule('network-differs', {
  breaches: [
    {
      of: 'another network',
      input: withMemberGcp(cloudSql(), 'bab', {
        network: { privateNetwork: 'projects/acme-prod/global/networks/other' },
      }),
      lines: [
        'error network-differs: members.bab.gcp.network.privateNetwork: bab is in projects/acme-prod/global/networks/other and its source ada in projects/acme-prod/global/networks/main. Allowed: one VPC network for all members, or none: it is not bound to a region. Fix: set gcp.network.privateNetwork once, for all members.',
      ],
    },
  ],
  accepted: [
    {
      of: 'the same, written as a link',
      input: withMemberGcp(cloudSql(), 'bab', {
        network: { privateNetwork: 'https://www.googleapis.com/compute/v1/projects/acme-prod/global/networks/main' },
      }),
    },
  ],
});

describeRule('psc-missing', {
  breaches: [
    {
      of: 'a source with it',
      input: withMemberGcp(cloudSql(), 'ada', { network: { pscProjects: ['acme-prod'] } }),
      lines: [
        'error psc-missing: members.bab.gcp.network.pscProjects: ada is reached by Private Service Connect, and its replica bab is not. Allowed: pscProjects on both: each instance has its own service attachment. Fix: set gcp.network.pscProjects once, for all members.',
      ],
    },
  ],
  accepted: [{ of: 'both', input: withGcp(cloudSql(), { network: { pscProjects: ['acme-prod'] } }) }],
});

describeRule('unreachable', {
  breaches: [
    {
      of: 'nothing',
      input: withGcp(cloudSql(), { network: {} }),
      lines: [
        'error unreachable: members.ada.gcp.network: ada has no private network, no Private Service Connect and no public address. Allowed: at least one of privateNetwork, pscProjects and publicIp. Fix: set gcp.network.privateNetwork.',
        'error unreachable: members.bab.gcp.network: bab has no private network, no Private Service Connect and no public address. Allowed: at least one of privateNetwork, pscProjects and publicIp. Fix: set gcp.network.privateNetwork.',
      ],
    },
  ],
  accepted: [{ of: 'a public address', input: withGcp(cloudSql(), { network: { publicIp: true } }) }],
});

describeRule('same-zone', {
  breaches: [
    {
      of: 'the zone of the primary',
      input: withNew(
        withMember(withMemberGcp(cloudSql(), 'ada', { zone: 'europe-west1-b' }), 'ada', { standby: 'none' }),
        'cyd',
        beside('ada', { gcp: { zone: 'europe-west1-b' } }),
      ),
      lines: [
        'warning same-zone: members.cyd.gcp.zone: cyd is in europe-west1-b like the primary ada, which has no standby. Allowed: another zone: the loss of this one would take both. Fix: name another zone, or give the primary `standby: regional`.',
      ],
    },
  ],
  accepted: [
    {
      of: 'another',
      input: withNew(
        withMember(withMemberGcp(cloudSql(), 'ada', { zone: 'europe-west1-b' }), 'ada', { standby: 'none' }),
        'cyd',
        beside('ada', { gcp: { zone: 'europe-west1-c' } }),
      ),
    },
    {
      of: 'a primary with a standby',
      input: withNew(
        withMemberGcp(cloudSql(), 'ada', { zone: 'europe-west1-b' }),
        'cyd',
        beside('ada', { gcp: { zone: 'europe-west1-b' } }),
      ),
    },
  ],
});
