import type { DBInstance } from '@aws-sdk/client-rds';
import type { Member, MemberId, Topology } from '../../../../topology';
import type { Instant, Obstacle } from '../../../decision';
import { QUARANTINE_TAG } from '../../../contract';
import { tagOf, THAWED_GROUP_TAG } from './fleet-tags';
import { parameterGroupOf, replicationInfo, replicationOf } from './instance-state';
import { named, placeOf } from './place';
import { isOlderVersion, isSmallerClass } from './lesser';
import { minutesUntilWindow } from './window';

/** What the look saw of all members. */
export interface Sight {
  readonly topology: Topology;
  readonly instances: ReadonlyMap<MemberId, DBInstance>;
  readonly at: Instant;
}

/** One member, beside the primary. */
interface Case {
  readonly name: string;
  readonly instance: DBInstance;
  /** Undefined: nobody saw it. */
  readonly primary: DBInstance | undefined;
  readonly at: Instant;
}

interface Row {
  readonly id: string;
  readonly of: 'the primary' | 'whoever may be promoted' | 'every replica';
  /** Undefined: all is well. */
  readonly look: (each: Case) => Pick<Obstacle, 'problem' | 'fix'> | undefined;
}

/** So soon before a backup, a promotion may find it under way: RDS refuses to promote then. */
const BACKUP_NEAR = 30;

/**
 * What RDS says that stands in the way. All of it warns: what makes a promotion impossible shows in the member's status, and
 * nothing here may stop a run that promotes somebody else.
 */
const ROWS: readonly Row[] = [
  {
    id: 'no-quarantine',
    of: 'the primary',
    look: ({ name, instance }) => {
      if (tagOf(instance, QUARANTINE_TAG) !== undefined) return undefined;
      return {
        problem: `${name} has no tag ${QUARANTINE_TAG}, so an unplanned run cannot fence it`,
        fix: "tag it with the id of a security group that lets nobody in, or deploy the runbook's constructs",
      };
    },
  },
  {
    id: 'freeze-left',
    of: 'the primary',
    look: ({ name, instance }) => {
      const before = tagOf(instance, THAWED_GROUP_TAG);
      if (before === undefined) return undefined;
      return {
        problem: `a freeze of ${name} was not taken back: its parameter group was ${before}`,
        fix: 'resume the run that froze it, or unfence it',
      };
    },
  },
  {
    id: 'pending-maintenance',
    of: 'whoever may be promoted',
    look: ({ name, instance: { PendingModifiedValues = {} } }) => {
      const pending = Object.keys(PendingModifiedValues).toSorted();
      if (pending.length === 0) return undefined;
      return {
        problem: `changes of ${name} wait for its maintenance window: ${pending.join(', ')}`,
        fix: 'apply them first, or take them back: a promotion may bring them, and take longer',
      };
    },
  },
  {
    id: 'backup-window-near',
    of: 'whoever may be promoted',
    look: ({ name, instance: { PreferredBackupWindow: window, BackupRetentionPeriod = 0 }, at }) => {
      const minutes = BackupRetentionPeriod === 0 ? undefined : minutesUntilWindow(window, at);
      if (minutes === undefined || minutes > BACKUP_NEAR) return undefined;
      const when = minutes === 0 ? 'is open' : `opens in ${minutes}m`;
      return {
        problem: `the backup window of ${name} (${window ?? ''} UTC) ${when}, and RDS promotes nobody while it backs up`,
        fix: 'promote before or after it, or move the window',
      };
    },
  },
  {
    id: 'older-engine',
    of: 'whoever may be promoted',
    look: ({ name, instance: { EngineVersion: version = '' }, primary }) => {
      const before = primary?.EngineVersion ?? '';
      if (!isOlderVersion(version, before)) return undefined;
      return { problem: `${name} runs version ${version}, and the primary ${before}`, fix: 'upgrade it first' };
    },
  },
  {
    id: 'smaller-class',
    of: 'whoever may be promoted',
    look: ({ name, instance: { DBInstanceClass: size = '' }, primary }) => {
      const before = primary?.DBInstanceClass ?? '';
      if (!isSmallerClass(size, before)) return undefined;
      return {
        problem: `${name} is a ${size}, smaller than the primary's ${before}`,
        fix: `see that it bears the load, or make it a ${before}`,
      };
    },
  },
  {
    id: 'settings-wait-for-reboot',
    of: 'whoever may be promoted',
    look: ({ name, instance }) => {
      const group = parameterGroupOf(instance);
      const options = instance.OptionGroupMemberships?.find(({ Status }) => Status?.startsWith('pending') === true);
      const waiting = group.status === 'pending-reboot' ? group.name : options?.OptionGroupName;
      if (waiting === undefined) return undefined;
      return {
        problem: `changes of ${waiting} wait for a reboot of ${name}, which a promotion brings`,
        fix: 'reboot it first, and see that it starts with them',
      };
    },
  },
  {
    id: 'backups-off',
    of: 'whoever may be promoted',
    look: ({ name, instance: { BackupRetentionPeriod, ReadReplicaDBInstanceIdentifiers: followers = [] } }) => {
      if (BackupRetentionPeriod !== 0 || followers.length === 0) return undefined;
      return {
        problem: `${name} keeps no backups, and ${followers.join(' and ')} follow it`,
        fix: 'turn on its backups: RDS promotes it only with them, and the first one takes time',
      };
    },
  },
  {
    id: 'storage-full',
    of: 'every replica',
    look: ({ name, instance }) =>
      instance.DBInstanceStatus === 'storage-full'
        ? { problem: `the storage of ${name} is full`, fix: 'give it more storage' }
        : undefined,
  },
  {
    id: 'replication-unwell',
    of: 'every replica',
    look: ({ name, instance }) => {
      const { status, message } = replicationInfo(instance);
      if (status === undefined || status === 'replicating' || replicationOf(instance) === 'none') return undefined;
      return {
        problem: `replication into ${name} is ${status}${message === undefined ? '' : `: ${message.replace(/\.$/, '')}`}`,
        fix: 'mend it, or make the replica anew',
      };
    },
  },
];

/** Everything that RDS says and that a person should know before anybody is promoted. */
export function obstaclesOf(sight: Sight): readonly Obstacle[] {
  const { topology, instances, at } = sight;
  const primary = instances.get(topology.primary);
  return ROWS.flatMap(({ id, of, look }) =>
    topology.members
      .filter((member) => concerns(of, member, topology))
      .flatMap((member): readonly Obstacle[] => {
        const [instance, place] = [instances.get(member.id), placeOf(topology, member)];
        const message = instance && place && look({ name: named(place), instance, primary, at });
        return message === undefined ? [] : [{ id, severity: 'warn', acceptance: 'none', ...message }];
      }),
  );
}

function concerns(of: Row['of'], { id, promotion, retired }: Member, { primary }: Topology): boolean {
  if (retired !== undefined) return false;
  if (of === 'the primary') return id === primary;
  return id !== primary && (of === 'every replica' || promotion !== 'never');
}
