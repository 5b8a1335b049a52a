import type { Instance } from './instance';
import type { Stage } from './procedure';
import type { Timetable } from '../timetable';

const DONE: Stage = { status: 'available', seconds: 0 };

const firstBackup = (times: Timetable, starts: boolean): readonly Stage[] =>
  starts ? [{ status: 'backing-up', seconds: times.firstBackup }] : [];

export function creationStages(times: Timetable, retention: number): readonly Stage[] {
  return [{ status: 'creating', seconds: times.creation, work: 'create' }, ...firstBackup(times, retention > 0), DONE];
}

export function replicaCreationStages(times: Timetable): readonly Stage[] {
  return [{ status: 'creating', seconds: times.replicaCreation, work: 'replicate' }, DONE];
}

/**
 * "available" lies after a promotion, and the source is named till the end: facts/promotion.md §0 finding 7.
 * In which stage which field goes was never tried live.
 */
export function promotionStages(times: Timetable, instance: Instance, retention: number): readonly Stage[] {
  const backsUp = instance.backupRetention === 0 && retention > 0;
  return [
    { status: 'available', seconds: times.promotionLinger },
    {
      status: 'modifying',
      seconds: times.promotion,
      becomes: { replication: { status: 'stopped', message: '' } },
      work: 'promote',
    },
    {
      status: 'rebooting',
      seconds: times.promotionReboot,
      becomes: { replication: undefined, parameterStatus: 'in-sync', backupRetention: retention },
      work: 'reboot',
    },
    ...firstBackup(times, backsUp),
    { status: 'available', seconds: times.sourceLinger },
    { ...DONE, becomes: { source: undefined } },
  ];
}

export function modificationStages(times: Timetable, instance: Instance, becomes: Partial<Instance>): readonly Stage[] {
  const { backupRetention, multiAz } = becomes;
  const remakes = multiAz !== undefined && multiAz !== instance.multiAz;
  const backsUp = instance.backupRetention === 0 && (backupRetention ?? 0) > 0;
  return [
    { status: 'available', seconds: times.modificationLinger },
    { status: 'modifying', seconds: remakes ? times.multiAz : times.modification, work: 'configure' },
    ...firstBackup(times, backsUp).map((stage) => ({ ...stage, becomes })),
    { ...DONE, becomes },
  ];
}

export const rebootStages = (times: Timetable): readonly Stage[] => [
  { status: 'rebooting', seconds: times.reboot, work: 'reboot' },
  { ...DONE, becomes: { parameterStatus: 'in-sync' } },
];

export const stopStages = (times: Timetable): readonly Stage[] => [
  { status: 'stopping', seconds: times.stop, work: 'stop' },
  { status: 'stopped', seconds: 0 },
];

export const startStages = (times: Timetable): readonly Stage[] => [
  { status: 'starting', seconds: times.start, work: 'start' },
  DONE,
];

export const deletionStages = (times: Timetable): readonly Stage[] => [
  { status: 'deleting', seconds: times.deletion, work: 'delete' },
];

export const backupStages = (seconds: number): readonly Stage[] => [{ status: 'backing-up', seconds }, DONE];
