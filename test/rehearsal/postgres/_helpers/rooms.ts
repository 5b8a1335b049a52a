import { existsSync } from 'node:fs';
import { ServerRoom } from '../../../../lib/rehearsal/postgres/server-room';
import { forgetTemplate } from '../../../../lib/rehearsal/postgres/template-data';

const rooms: ServerRoom[] = [];

/** A room that {@link closeRooms} closes. */
export async function openRoom(): Promise<ServerRoom> {
  const room = await ServerRoom.open();
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
