import { RdsStage, USUAL_TIMES, type Timetable } from '../../lib/rehearsal';
import { define } from '../../lib/topology';
import type { Login } from './appending-client';
import { makeTable } from './promotion';

const TOPOLOGY = define({
  name: 'bench',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'a',
  objectives: { lag: '5m', dataLoss: '10m' },
  members: {
    a: { region: 'us-east-1', size: 'db.m7g.large', storage: { gib: 100 }, key: 'create' },
    b: { region: 'eu-west-1', replicaOf: 'a', promotion: 1, key: 'create' },
  },
});

/** A cloud that does at once whatever it is asked: what is left is what its servers and the runbook take. */
const AT_ONCE = Object.fromEntries(Object.keys(USUAL_TIMES).map((name) => [name, 0])) as unknown as Timetable;

/** Primary and standby with the cloud and the runbook around them, in real time. */
export interface OurPair {
  readonly stage: RdsStage;
  readonly old: Login;
  readonly next: Login;
}

export async function ourPair(): Promise<OurPair> {
  const stage = await RdsStage.raise({ topology: TOPOLOGY, scale: 1, timetable: AT_ONCE });
  const pair = { stage, old: loginTo(stage, 'a'), next: loginTo(stage, 'b') };
  await makeTable(pair.old, pair.next);
  return pair;
}

/** As a client in the Region that is recovered in finds it. */
function loginTo(stage: RdsStage, member: string): Login {
  const { host, port } = stage.backend.network.addressFrom(stage.region, stage.member(member).doors.host);
  const { username: user, password, database } = stage.backend.master;
  return { host, port, user, password, database };
}
