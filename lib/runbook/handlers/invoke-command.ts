import type { RunbookEvent, RunbookSettings } from '../contract';

/** What a person types to ask for an event, with nothing installed but AWS's command. */
export function invokeCommand(
  event: RunbookEvent,
  { region, functionName }: Pick<RunbookSettings, 'region' | 'functionName'>,
  self: string,
): string {
  const payload = JSON.stringify(event).replaceAll("'", "'\\''");
  return `aws lambda invoke --region ${region} --function-name ${functionName ?? self} --cli-binary-format raw-in-base64-out --cli-read-timeout 0 --payload '${payload}' /dev/stdout`;
}
