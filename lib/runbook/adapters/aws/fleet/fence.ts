import type { DBInstance } from '@aws-sdk/client-rds';
import { QUARANTINE_TAG } from '../../../contract';
import type { Procedure, Step } from '../../../execution/ports';
import { tagOf, UNFENCED_GROUPS_TAG } from './fleet-tags';
import { hindrance, isUsable, securityGroupsOf } from './instance-state';
import { named, placeById, type Place } from './place';
import { isRebooted, RestartWatch } from './rebooted';
import type { Scene } from './scene';
import { firstUnmet, stuck, wait, type Progress, type Stage } from './stages';

const REBOOT = 'reboot';

/**
 * Unplanned: nobody reaches the primary any more. Its security groups are swapped for one that lets nobody in, and it is
 * rebooted: sessions that are there outlive a change of rules (facts §0, finding 4). That this cuts off all of them was never
 * tried live; the execution asks the database itself.
 */
export function fencing(scene: Scene): Procedure {
  const restarts = new RestartWatch();
  return { next: async (attempts) => next(scene, { attempts, now: scene.clock.now(), restarts }) };
}

async function next(scene: Scene, progress: Progress): Promise<Step> {
  const { topology, rds } = scene;
  const place = placeById(topology, topology.primary);
  const instance = await rds.describe(place);
  if (instance === undefined) return { kind: 'done', proof: `RDS has no ${named(place)} any more` };
  progress.restarts?.note(instance, progress.now);
  if (instance.DBInstanceStatus === 'stopped') {
    return { kind: 'done', proof: `${named(place)} is stopped, by RDS's own word` };
  }
  const problem = hindrance(instance);
  if (problem !== undefined) return stuck(`${problem}; it cannot be fenced`);
  const quarantine = tagOf(instance, QUARANTINE_TAG);
  if (quarantine === undefined) return stuck(missingTag(place));
  if (!isUsable(instance)) return wait(`${named(place)} to take calls (${instance.DBInstanceStatus ?? ''})`, progress);

  const step = firstUnmet(
    [...quarantineStages(scene, place, instance, quarantine), rebootStage(scene, place, instance, progress)],
    progress,
  );
  if (step !== undefined) return step;
  const proof = `${named(place)} has security group ${quarantine} alone, which is active, and was rebooted since`;
  return { kind: 'done', proof };
}

export function missingTag(place: Place): string {
  return `${named(place)} has no tag ${QUARANTINE_TAG}; allowed: the id of a security group of its VPC that lets nobody in; fix: deploy the runbook's constructs, or make such a group and tag the instance with its id`;
}

/** The security groups of before are noted, then swapped. */
export function quarantineStages(
  { rds }: Pick<Scene, 'rds'>,
  place: Place,
  instance: DBInstance,
  quarantine: string,
): readonly Stage[] {
  const { ids, isSettled } = securityGroupsOf(instance);
  const isAlone = ids.join(' ') === quarantine;
  return [
    {
      id: 'note-security-groups',
      title: `note on ${named(place)} that its security groups are ${ids.join(' and ')}`,
      isMet: isAlone || isNoted(instance, quarantine),
      isNextAtOnce: true,
      call: () => rds.tag(place, instance, UNFENCED_GROUPS_TAG, ids.join(' ')),
    },
    {
      id: 'quarantine',
      title: `give ${named(place)} the security group ${quarantine} alone`,
      isMet: isAlone && isSettled,
      isNextAtOnce: true,
      call: () => rds.modify(place, { VpcSecurityGroupIds: [quarantine] }),
    },
  ];
}

/** While groups come and go, those of before and the new one are listed together: what was noted then must stay. */
function isNoted(instance: DBInstance, quarantine: string): boolean {
  const noted = tagOf(instance, UNFENCED_GROUPS_TAG);
  const { ids } = securityGroupsOf(instance);
  return noted !== undefined && (ids.includes(quarantine) || noted === ids.join(' '));
}

/** Also when it was in quarantine already: whoever put it there may not have ended its sessions. */
function rebootStage({ rds }: Scene, place: Place, instance: DBInstance, progress: Progress): Stage {
  return {
    id: REBOOT,
    title: `reboot ${named(place)}, which ends all sessions`,
    isMet: isRebooted(instance, REBOOT, progress),
    call: () => rds.reboot(place),
  };
}
