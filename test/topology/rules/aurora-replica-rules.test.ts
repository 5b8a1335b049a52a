import { withAws, withEngine, withMember, withNew } from '../../_arbitraries/edits';
import { describeRule, withoutVersions } from '../../_helpers/describe-rule';
import { replicaCluster, sampleCluster, sampleGlobal, sampleReplicaCluster } from '../../_helpers/sample-cluster';

describeRule('cluster-cannot-replicate', {
  breaches: [
    {
      of: 'Aurora PostgreSQL',
      input: withEngine(sampleReplicaCluster(), { name: 'aurora-postgresql', version: '16.8' }),
      lines: [
        'error cluster-cannot-replicate: kind: bab would be replica clusters of Aurora PostgreSQL. Allowed: replica clusters of Aurora MySQL. Fix: write `kind: global`.',
      ],
    },
  ],
  accepted: [
    { of: 'Aurora MySQL', input: sampleReplicaCluster() },
    { of: 'a cluster alone', input: sampleCluster() },
  ],
});

/** The sample with so many replica clusters, bab among them. */
function wide(count: number) {
  return ['us-east-2', 'us-west-1', 'us-west-2', 'eu-west-2', 'eu-west-3']
    .slice(0, count - 1)
    .reduce((input, region, index) => withNew(input, `node-${index}`, replicaCluster(region)), sampleReplicaCluster());
}

describeRule('too-many-replica-clusters', {
  breaches: [
    {
      of: 'six',
      input: wide(6),
      lines: [
        'error too-many-replica-clusters: members.ada: ada has 6 replica clusters. Allowed: at most 5. Fix: remove some, or take `kind: global`, which has up to ten secondaries.',
      ],
    },
  ],
  accepted: [{ of: 'five', input: wide(5) }],
});

describeRule('binlog-off', {
  breaches: [
    {
      of: 'no binary log',
      input: withAws(sampleReplicaCluster(), { parameters: {} }),
      lines: [
        "error binlog-off: aws.parameters.binlog_format: there are replica clusters and binlog_format is not given: Aurora writes none by default. Allowed: ROW, MIXED or STATEMENT. Fix: set `parameters: { binlog_format: 'ROW' }`; it takes a reboot of the writer.",
      ],
    },
    {
      of: 'OFF',
      input: withAws(sampleReplicaCluster(), { parameters: { binlog_format: 'OFF' } }),
      lines: [
        "error binlog-off: aws.parameters.binlog_format: there are replica clusters and binlog_format is OFF. Allowed: ROW, MIXED or STATEMENT. Fix: set `parameters: { binlog_format: 'ROW' }`; it takes a reboot of the writer.",
      ],
    },
  ],
  accepted: [
    { of: 'rows', input: withAws(sampleReplicaCluster(), { parameters: { binlog_format: 'row' } }) },
    { of: 'a cluster alone', input: sampleCluster('aurora-mysql') },
  ],
});

const forwarding = (how: 'local' | 'global', input = sampleGlobal()) =>
  withAws(input, { writeForwarding: { [how]: true } });

describeRule('write-forwarding-version', {
  breaches: [
    {
      of: 'local before it was there',
      input: forwarding('local', sampleGlobal('aurora-postgresql', '16.3')),
      lines: [
        'error write-forwarding-version: aws.writeForwarding.local: local write forwarding is on and ada is on 16.3. Allowed: 3.04, 8.4, 14.13, 15.8 and 16.4 or later of these majors, and newer ones of Aurora PostgreSQL. Fix: upgrade, or turn it off.',
      ],
    },
    {
      of: 'global before it was there',
      input: forwarding('global', sampleGlobal('aurora-mysql', '5.7.mysql_aurora.2.07.9')),
      lines: [
        'error write-forwarding-version: aws.writeForwarding.global: global write forwarding is on and ada is on 2.07.9. Allowed: 2.08.1, 3.01, 8.4, 14.9 and 15.4 or later of these majors, and newer ones of Aurora PostgreSQL. Fix: upgrade, or turn it off.',
      ],
    },
  ],
  accepted: [
    { of: 'local from then on', input: forwarding('local', sampleGlobal('aurora-mysql', '8.0.mysql_aurora.3.04.0')) },
    { of: 'a newer major', input: forwarding('local', sampleGlobal('aurora-postgresql', '17.4')) },
    { of: 'none', input: withMember(sampleGlobal('aurora-postgresql', '13.9'), 'ada', { promotion: 1 }) },
  ],
  unknown: [{ of: 'the version', erase: withoutVersions }],
});
