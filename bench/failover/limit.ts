import type { Contestant } from './contestant';
import { ourPair } from './our-pair';
import { promotion } from './promotion';

/** What PostgreSQL itself takes: one statement, on a session that is there. */
export const LIMIT: Contestant = {
  name: 'pg_promote(false), and nothing else',
  kind: 'limit',
  isOurs: false,
  note: 'no check, no fence, no endpoint',
  run: async () => {
    const { stage, old, next } = await ourPair();
    try {
      const admin = await stage.member('b').administer();
      return await promotion({
        ...{ old, next },
        kill: () => stage.member('a').kill(),
        invoke: async () => {
          await admin.query('SELECT pg_promote(false)');
          admin.destroy();
        },
      });
    } finally {
      await stage.close();
    }
  },
};
