import { check, formatFinding } from '../../../lib/topology';
import { withAws, withMember } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields } from '../../_helpers/describe-rule';
import {
  sampleCluster,
  sampleGlobal,
  sampleMultiAz,
  sampleReplicaCluster,
  servers,
} from '../../_helpers/sample-cluster';
import { sample } from '../../_helpers/sample-topology';

it.each([sampleCluster(), sampleReplicaCluster(), sampleGlobal(), sampleGlobal('aurora-mysql'), sampleMultiAz()])(
  'the samples of kind $kind are accepted without a warning',
  (input) => {
    expect(check(input).findings.map((finding) => formatFinding(finding))).toStrictEqual([]);
  },
);

describeRule('engine-unsuited', {
  breaches: [
    {
      of: 'Aurora as an instance',
      input: { ...sample('aurora-mysql'), kind: 'instances' },
      lines: [
        'error engine-unsuited: engine.name: the kind is instances and the engine Aurora MySQL. Allowed: mysql, mariadb, postgres, oracle, sqlserver or db2. Fix: take one of these, or the kind cluster or global.',
      ],
    },
    {
      of: 'MariaDB as a Multi-AZ DB cluster',
      input: { ...sampleMultiAz(), engine: { name: 'mariadb', version: '11.8.6' } },
      lines: [
        'error engine-unsuited: engine.name: the kind is multi-az-cluster and the engine MariaDB. Allowed: mysql or postgres. Fix: take one of these, or the kind instances.',
      ],
    },
  ],
  accepted: [
    { of: 'Aurora as a cluster', input: sampleCluster() },
    { of: 'PostgreSQL as a Multi-AZ DB cluster', input: sampleMultiAz() },
  ],
});

describeRule('field-unsuited', {
  breaches: [
    {
      of: 'instances of an instance',
      input: withMember(sample(), 'ada', { instances: servers(1) }),
      lines: [
        'error field-unsuited: members.ada.instances: ada has instances, which nothing of the kind instances has. Allowed: a size and a volume. Fix: take it away, or change the kind.',
      ],
    },
    {
      of: 'a volume of a cluster',
      input: withMember(sampleCluster(), 'ada', { storage: { gib: 100 } }),
      lines: [
        'error field-unsuited: members.ada.storage.gib: ada has storage.gib, which nothing of the kind cluster has. Allowed: instances in tiers; an Aurora volume grows by itself, and is in three zones. Fix: take it away, or change the kind.',
      ],
    },
    {
      of: 'a standby of a Multi-AZ DB cluster',
      input: withMember(sampleMultiAz(), 'ada', { standby: 'multi-az' }),
      lines: [
        'error field-unsuited: members.ada.standby: ada has standby, which nothing of the kind multi-az-cluster has. Allowed: a size and a volume. Fix: take it away, or change the kind.',
      ],
    },
    {
      of: 'an rpo of a cluster that is alone',
      input: withMember(sampleCluster(), 'ada', { aws: { rpo: '1m' } }),
      lines: [
        'error field-unsuited: members.ada.aws.rpo: ada has aws.rpo, which nothing of the kind cluster has. Allowed: instances in tiers; an Aurora volume grows by itself, and is in three zones. Fix: take it away, or change the kind.',
      ],
    },
  ],
  accepted: [
    { of: 'a volume of an instance', input: sample() },
    {
      of: 'an I/O-optimised cluster',
      input: withMember(sampleCluster(), 'ada', { storage: { type: 'aurora-iopt1' } }),
    },
  ],
});

describeRule('setting-unsuited', {
  breaches: [
    {
      of: 'write forwarding between instances',
      input: withAws(sample(), { writeForwarding: { local: true } }),
      lines: [
        'error setting-unsuited: aws.writeForwarding.local: writeForwarding.local is given and the kind is instances. Allowed: local write forwarding for cluster and global; the others for global only. Fix: take it away.',
      ],
    },
    {
      of: 'a global identifier of a cluster',
      input: withAws(sampleCluster(), { globalIdentifier: 'x' }),
      lines: [
        'error setting-unsuited: aws.globalIdentifier: globalIdentifier is given and the kind is cluster. Allowed: local write forwarding for cluster and global; the others for global only. Fix: take it away.',
      ],
    },
  ],
  accepted: [
    {
      of: 'local write forwarding in a cluster',
      input: withAws(sampleCluster(), { writeForwarding: { local: true } }),
    },
    { of: 'false', input: withAws(sample(), { writeForwarding: { local: false, global: false } }) },
  ],
});

describeRule('volume-unsuited', {
  breaches: [
    {
      of: 'gp3 of Aurora',
      input: withMember(sampleCluster(), 'ada', { storage: { type: 'gp3' } }),
      lines: [
        'error volume-unsuited: members.ada.storage.type: the storage type of ada is gp3 and the kind is cluster. Allowed: aurora or aurora-iopt1. Fix: write one of these, or leave it out.',
      ],
    },
    {
      of: 'gp2 of a Multi-AZ DB cluster',
      input: withMember(sampleMultiAz(), 'ada', { storage: { gib: 100, type: 'gp2' } }),
      lines: [
        'error volume-unsuited: members.ada.storage.type: the storage type of ada is gp2 and the kind is multi-az-cluster. Allowed: gp3, io1 or io2. Fix: write one of these, or leave it out.',
      ],
    },
  ],
  accepted: [{ of: 'gp2 of an instance', input: withMember(sample(), 'ada', { storage: { gib: 100, type: 'gp2' } }) }],
  unknown: [{ of: 'the volume', erase: withoutMemberFields('storage') }],
});

describeRule('cluster-retention-range', {
  breaches: [
    {
      of: 'no backups',
      input: withMember(sampleCluster(), 'ada', { retention: '0d' }),
      lines: [
        'error cluster-retention-range: members.ada.retention: ada keeps backups for 0 days. Allowed: whole days from 1d to 35d: a cluster always has backups. Fix: write for example `retention: 7d`.',
      ],
    },
    {
      of: 'hours',
      input: withMember(sampleMultiAz(), 'ada', { retention: '36h' }),
      lines: [
        'error cluster-retention-range: members.ada.retention: ada keeps backups for 1.5 days. Allowed: whole days from 1d to 35d: a cluster always has backups. Fix: write for example `retention: 7d`.',
      ],
    },
  ],
  accepted: [
    { of: 'a day', input: withMember(sampleCluster(), 'ada', { retention: '1d' }) },
    { of: '35 days', input: withMember(sampleGlobal(), 'bab', { retention: '35d' }) },
  ],
  unknown: [{ of: 'the retention', erase: withoutMemberFields('retentionDays') }],
});

describeRule('automatic-unsuited', {
  breaches: [
    {
      of: 'a runbook for a global database that waits for nobody',
      input: withAws(sampleGlobal(), { runbook: { automatic: 'eu-west-1' } }),
      lines: [
        'error automatic-unsuited: aws.runbook.automatic: the runbook is to fail over by itself and the kind is global. Allowed: automatic for the kind instances; inside a cluster the cloud fails over by itself. Fix: take automatic away: a person decides.',
      ],
    },
  ],
  accepted: [
    { of: 'none', input: sampleGlobal() },
    { of: 'one that a person asks', input: withAws(sampleGlobal(), { runbook: {} }) },
  ],
});

describeRule('managed-password-unsuited', {
  breaches: [
    {
      of: 'a Multi-AZ DB cluster',
      input: withAws(sampleMultiAz(), { credentials: 'rds-managed' }),
      lines: [
        'error managed-password-unsuited: aws.credentials: RDS is to manage the master password, and the kind is multi-az-cluster. Allowed: self-managed. Fix: leave credentials out.',
      ],
    },
  ],
  accepted: [
    {
      of: 'a Multi-AZ DB cluster with one of its own',
      input: withAws(sampleMultiAz(), { credentials: 'self-managed' }),
    },
  ],
});

describeRule('multi-az-cluster-alone', {
  breaches: [
    {
      of: 'a second member',
      input: {
        ...sampleMultiAz(),
        members: { ...sampleMultiAz().members, bab: { region: 'eu-west-1', replicaOf: 'ada' } },
      },
      lines: [
        'error multi-az-cluster-alone: members: there are 2 members. Allowed: one: the cluster has its two readers by itself. Fix: take the others away, or the kind instances.',
      ],
    },
  ],
  accepted: [{ of: 'one', input: sampleMultiAz() }],
});
