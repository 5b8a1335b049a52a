import type { DBInstance } from '@aws-sdk/client-rds';
import { QUARANTINE_TAG } from '../../../contract';
import { missingTag, quarantineStages } from './fence';
import { FORENSIC_HOLD_TAG, tagOf } from './fleet-tags';
import { isUsable, securityGroupsOf } from './instance-state';
import { named, type Place } from './place';
import type { OldPrimary, Rebuilding } from './rebuild';
import { isRebooted } from './rebooted';
import type { Scene } from './scene';
import { madeOf, type Stage } from './stages';

const REBOOT = 'end-sessions';

/**
 * The old primary is kept for who looks for lost writes, and is kept from its clients; nothing deletes it. One that comes back
 * and was never proven to be fenced has clients who write on, which no change of rules ends.
 */
export function markStages(scene: Scene, place: Place, instance: DBInstance, progress: Rebuilding): readonly Stage[] {
  const { now, isFenced } = progress;
  const quarantine = tagOf(instance, QUARANTINE_TAG);
  const reboot: Stage = {
    id: REBOOT,
    title: `reboot ${named(place)}, which ends all sessions`,
    isMet: isFenced || isRebooted(instance, REBOOT, progress),
    call: () => scene.rds.reboot(place),
  };
  return [
    {
      id: 'hold',
      title: `note on ${named(place)} that it is kept`,
      isMet: tagOf(instance, FORENSIC_HOLD_TAG) !== undefined,
      call: () => scene.rds.tag(place, instance, FORENSIC_HOLD_TAG, new Date(now * 1000).toISOString()),
    },
    // After a planned run it is only frozen: it would still answer whoever knows its name. RDS refuses that while it is busy.
    ...(quarantine === undefined || !isUsable(instance)
      ? []
      : [...quarantineStages(scene, place, instance, quarantine), reboot]),
  ];
}

/** What is missing on the old primary, for a person; undefined: nothing. One that is gone cannot be kept. */
export function unmarked(old: OldPrimary, { attempts, isFenced }: Rebuilding): string | undefined {
  const where = named(old.place);
  if (!old.isAnswered) {
    return `${where} could not be marked as to be kept (${old.problem}); when its Region answers, tag it with ${FORENSIC_HOLD_TAG}, and see that nobody reaches it`;
  }
  const { instance } = old;
  if (instance === undefined) return undefined;
  if (tagOf(instance, FORENSIC_HOLD_TAG) === undefined) {
    return `${where} has no tag ${FORENSIC_HOLD_TAG}; add it, and nobody deletes what only it has`;
  }
  const quarantine = tagOf(instance, QUARANTINE_TAG);
  if (quarantine === undefined) return missingTag(old.place);
  if (securityGroupsOf(instance).ids.join(' ') === quarantine) {
    if (isFenced || instance.DBInstanceStatus === 'stopped' || madeOf(attempts, REBOOT)?.outcome === 'done')
      return undefined;
    return `who had a session on ${where} may still write there (${instance.DBInstanceStatus ?? ''}); reboot it`;
  }
  return `${where} is not in quarantine (${instance.DBInstanceStatus ?? ''}); give it the security group ${quarantine} alone`;
}
