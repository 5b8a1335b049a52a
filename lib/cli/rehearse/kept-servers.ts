import type { Stage } from '../../rehearsal';
import { shellQuote } from '../../runbook/execution';

/** How to reach every server of a stage, and how to be rid of them. */
export function keptServersText(stage: Stage): string {
  const lines = stage.everybody.flatMap(([id, { region, doors, server }]) => {
    const { port } = stage.backend.network.addressFrom(region, doors.host);
    if (!server.isRunning) return [`  ${id}: does not run; its data are in ${server.folder}`];
    if (doors.shut)
      return [
        `  ${id}: takes no new connections, as it is fenced. Past its fence:`,
        `    ${within(stage, server.folder)}`,
      ];
    return [`  ${id}:`, `    ${reached(stage, doors.host, port)}`];
  });
  return `${['', 'The servers are kept, as the rehearsal has left them:', ...lines, '', `Ctrl-C ends them all and removes ${stage.backend.folder}.`].join('\n')}\n`;
}

function reached({ engine, backend }: Stage, host: string, port: number): string {
  const { username, password, database } = backend.master;
  return engine === 'postgres'
    ? `psql ${shellQuote(`postgresql://${username}:${password}@${host}:${port}/${database}`)}`
    : `mariadb -h ${host} -P ${port} -u ${username} -p${password} ${database}`;
}

/** By its socket, which no security group guards. */
function within({ engine, backend }: Stage, folder: string): string {
  const { username, password, database } = backend.master;
  return engine === 'postgres'
    ? `psql ${shellQuote(`host=${folder} user=${username} password=${password} dbname=${database}`)}`
    : `mariadb -S ${folder}/socket -u ${username} -p${password} ${database}`;
}
