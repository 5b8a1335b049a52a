import { existsSync } from 'node:fs';
import { openPostgresRoom } from '../../../../lib/rehearsal/postgres/postgres-room';
import type { PostgresServer } from '../../../../lib/rehearsal/postgres/postgres-server';
import { forgetTemplate } from '../../../../lib/rehearsal/servers/kept-template';
import type { ServerRoom } from '../../../../lib/rehearsal/servers/server-room';

const rooms: ServerRoom<PostgresServer>[] = [];

/** A room that {@link closeRooms} closes. */
export async function openRoom(): Promise<ServerRoom<PostgresServer>> {
  const room = await openPostgresRoom();
  rooms.push(room);
  return room;
}

export async function closeRooms(): Promise<void> {
  await Promise.all(rooms.splice(0).map((room) => room.close()));
}

export { forgetTemplate };

/** True while a process of that number is there. */
export function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
