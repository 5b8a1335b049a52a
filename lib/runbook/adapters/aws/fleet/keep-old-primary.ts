import type { DBInstance } from '@aws-sdk/client-rds';
import type { Instant } from '../../../decision';
import { QUARANTINE_TAG } from '../../../contract';
import { missingTag, quarantineStages } from './fence';
import { FORENSIC_HOLD_TAG, tagOf } from './fleet-tags';
import { isUsable, securityGroupsOf } from './instance-state';
import { named, type Place } from './place';
import type { OldPrimary } from './rebuild';
import type { Scene } from './scene';
import type { Stage } from './stages';

/** The old primary is kept for who looks for lost writes, and is kept from its clients; nothing deletes it. */
export function markStages(scene: Scene, place: Place, instance: DBInstance, now: Instant): readonly Stage[] {
  const quarantine = tagOf(instance, QUARANTINE_TAG);
  return [
    {
      id: 'hold',
      title: `note on ${named(place)} that it is kept`,
      isMet: tagOf(instance, FORENSIC_HOLD_TAG) !== undefined,
      call: () => scene.rds.tag(place, instance, FORENSIC_HOLD_TAG, new Date(now * 1000).toISOString()),
    },
    // After a planned run it is only frozen: it would still answer whoever knows its name. RDS refuses that while it is busy.
    ...(quarantine === undefined || !isUsable(instance) ? [] : quarantineStages(scene, place, instance, quarantine)),
  ];
}

/** What is missing on the old primary, for a person; undefined: nothing. One that is gone cannot be kept. */
export function unmarked(old: OldPrimary): string | undefined {
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
  if (securityGroupsOf(instance).ids.join(' ') === quarantine) return undefined;
  return `${where} is not in quarantine (${instance.DBInstanceStatus ?? ''}); give it the security group ${quarantine} alone`;
}
