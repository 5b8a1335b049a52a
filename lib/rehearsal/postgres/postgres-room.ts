import { ServerRoom } from '../servers/server-room';
import { copyData } from './data-folder';
import { PostgresServer } from './postgres-server';
import { templateData } from './template-data';

export async function openPostgresRoom(): Promise<ServerRoom<PostgresServer>> {
  const { folder: template, ...usual } = await templateData.get();
  return ServerRoom.open({
    account: usual.account,
    empty: (folder) => copyData(template, folder),
    build: (folder) => new PostgresServer({ folder, ...usual }),
  });
}
