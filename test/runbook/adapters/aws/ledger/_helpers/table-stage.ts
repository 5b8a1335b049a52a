import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../../../../lib/runbook/adapters/aws';
import type { DynamoLedgerOptions } from '../../../../../../lib/runbook/adapters/aws/ledger/dynamo-ledger';
import { TABLE_BOUNDS } from '../../../../../../lib/runbook/adapters/aws/ledger/dynamo-table';
import { EmbeddedCloud, serve, VirtualClock, type Fault, type Mishap } from '../../../../../../lib/rehearsal';
import { UnderstudyError, type ErrorFamily } from '../../../../../../lib/topology';
import type { Clock } from '../../../../../../lib/runbook/execution/ports';

export const REGION = 'eu-west-1';
export const TABLE = 'understudy-orders';

/** A served cloud with the runbook's table. */
export interface TableStage {
  readonly cloud: EmbeddedCloud;
  readonly clock: Clock;
  /** Seconds that were waited between calls, by all. */
  readonly waits: number[];
  readonly options: (topology?: string) => DynamoLedgerOptions;
  readonly faults: (...faults: (Omit<Fault, 'mishap'> & { readonly mishap?: Mishap })[]) => void;
  readonly end: () => Promise<void>;
}

export const THROTTLED: Mishap = { kind: 'throttle' };
export const LOST_BEFORE: Mishap = { kind: 'timeout', effect: 'before', seconds: 1 };
export const LOST_AFTER: Mishap = { kind: 'timeout', effect: 'after', seconds: 1 };

export async function tableStage(): Promise<TableStage> {
  const time = new VirtualClock();
  const tables = [{ region: REGION, name: TABLE, partitionKey: 'topology', sortKey: 'item' }];
  const cloud = new EmbeddedCloud({ clock: time, tables });
  const server = await serve(cloud);
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'any' };
  const client = new DynamoDBClient({
    ...clientSettings('change', TABLE_BOUNDS),
    ...{ region: REGION, endpoint: server.url, credentials },
  });
  const waits: number[] = [];
  const clock: Clock = {
    now: () => time.now() / 1000,
    wait: (seconds) => {
      waits.push(seconds);
      return time.wait(seconds);
    },
  };
  return {
    cloud,
    clock,
    waits,
    options: (topology = 'orders') => ({ client, table: TABLE, topology, region: REGION, clock, random: () => 0.5 }),
    faults: (...faults) => cloud.inject(...faults.map((fault) => ({ mishap: THROTTLED, ...fault }))),
    end: async () => {
      client.destroy();
      await server.close();
    },
  };
}

/** How a call ends: what it gives, or code, family and message of its error. */
export type End =
  { readonly value: unknown } | { readonly code: string; readonly family: ErrorFamily; readonly message: string };

export async function endOf(call: Promise<unknown>): Promise<End> {
  try {
    return { value: await call };
  } catch (error) {
    if (!(error instanceof UnderstudyError)) throw error;
    const { code, family, message } = error;
    return { code, family, message };
  }
}
