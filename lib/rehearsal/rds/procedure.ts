import type { Twist } from '../api-service';
import { UnderstudyError } from '../../topology';
import type { Instance } from './instance';
import type { WorkKind } from './instance-backend';

/** One status on the way, and what is true from its beginning. */
export interface Stage {
  readonly status: string;
  readonly seconds: number;
  readonly becomes?: Partial<Instance>;
  /** What the backend does meanwhile: the stage lasts until that is done, too. */
  readonly work?: WorkKind;
}

export type ProcedureKind =
  'creation' | 'promotion' | 'modification' | 'reboot' | 'stop' | 'start' | 'backup' | 'deletion';

/** What an instance is going through. Its first stage is the present one. */
export interface Procedure {
  readonly kind: ProcedureKind;
  readonly stages: readonly Stage[];
  /** When the present stage began. */
  readonly since: number;
  /** True while the backend works on the present stage. */
  readonly working: boolean;
}

/** When the present stage ends; undefined while nobody can tell, or if it never does. */
export function endOfStage({ stages, since, working }: Procedure): number | undefined {
  const seconds = stages[0]?.seconds ?? 0;
  return working || !Number.isFinite(seconds) ? undefined : since + seconds * 1000;
}

/** The same stages with something going wrong on the way. */
export function twisted(stages: readonly Stage[], twist: Twist | undefined): readonly Stage[] {
  if (!twist) return stages;
  if (twist.kind === 'fails') {
    const begun = stages.findIndex(({ status }) => status !== 'available');
    return [...stages.slice(0, begun + 1), { status: twist.status, seconds: 0 }];
  }
  const wanted = twist.status;
  const at = stages.findIndex(({ status }) => (wanted === undefined ? status !== 'available' : status === wanted));
  const [stage] = stages.slice(at, at + 1);
  if (at < 0 || !stage) {
    const passed = [...new Set(stages.map(({ status }) => status))].join(', ');
    throw new UnderstudyError(
      'fault-impossible',
      `a fault wants an instance stuck in ${wanted ?? 'some status'}, which it never has; allowed are ${passed}; correct the fault`,
    );
  }
  return [...stages.slice(0, at), { ...stage, seconds: Infinity }];
}
