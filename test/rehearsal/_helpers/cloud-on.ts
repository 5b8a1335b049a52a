import { EmbeddedCloud, ScaledClock, type Instance, type InstanceSeed } from '../../../lib/rehearsal';
import type { DatabaseBackendOptions } from '../../../lib/rehearsal';
import type { RealBackend } from '../../../lib/rehearsal/servers/real-backend';
import type { ServedMember } from '../../../lib/rehearsal/servers/served-member';
import { HOME, rdsRequest, TRIO } from './stage';
import { until } from './until';

export const QUARANTINE = 'sg-quarantine';

/** An embedded cloud with real servers, a hundred times as fast as time. */
export interface CloudOn<Member extends ServedMember> {
  readonly cloud: EmbeddedCloud;
  readonly backend: RealBackend<Member>;
  readonly clock: ScaledClock;
  readonly member: (id: string, region?: string) => Member;
  readonly instance: (id: string, region?: string) => Instance;
  /** Calls RDS, and waits until the instance is through with it. */
  readonly call: (
    action: string,
    id: string,
    more?: Readonly<Record<string, string>>,
    region?: string,
  ) => Promise<void>;
}

export async function cloudOn<Member extends ServedMember>(
  start: (options: DatabaseBackendOptions) => Promise<RealBackend<Member>>,
  seeds: readonly InstanceSeed[] = TRIO,
): Promise<CloudOn<Member>> {
  const clock = new ScaledClock({ scale: 100 });
  const backend = await start({ seeds, closedGroups: [QUARANTINE], scale: 100 });
  const cloud = new EmbeddedCloud({ clock, instances: seeds, backend });
  return {
    ...{ cloud, backend, clock },
    instance: (id, region = HOME) => cloud.fleet.instance(region, id),
    member: (id, region = HOME) => backend.member(region, id),
    call: async (action, id, more = {}, region = HOME) => {
      const body = new URLSearchParams({ Action: action, DBInstanceIdentifier: id, ...more }).toString();
      const answer = cloud.answer(rdsRequest(region, body));
      if (answer.kind !== 'reply' || answer.status !== 200) throw new Error(JSON.stringify(answer));
      await until(() => {
        const found = cloud.fleet.find(region, id);
        const { securityGroups, parameters } = found?.timers ?? {};
        return found?.procedure === undefined && securityGroups === undefined && parameters === undefined;
      }, 60);
    },
  };
}
