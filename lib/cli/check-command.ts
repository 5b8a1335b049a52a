import { checkText, hasErrors, messageOf, type Checked } from '../topology';
import type { Command, Invocation } from './command';
import { EXIT, type ExitCode } from './exit-code';
import { findingLine } from './finding-line';
import type { Io } from './io';
import { paintFor } from './paint';
import { verdictOn } from './verdict';

/** Reports everything that is wrong in topology files. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'report every mistake in topology files; exit 1 when one is an error',
  operand: { flags: '<file...>', description: 'topology files in YAML or JSON' },
  options: [{ flags: '--json', description: 'one JSON object per file and line, for programs' }],
  examples: ['understudy check orders.topology.yaml', 'understudy check --json *.topology.yaml'],
  run: runCheck,
};

async function runCheck({ operands, options }: Invocation, io: Io): Promise<ExitCode> {
  // All are read before anything is printed: half a report would look like a whole one.
  const texts = await Promise.all(operands.map((file) => io.readFile(file)));
  const paint = paintFor(io.stdout, io.env);
  let code: ExitCode = EXIT.ok;
  for (const [index, file] of operands.entries()) {
    const checked = checkText(texts[index] ?? '');
    const failed = hasErrors(checked.findings);
    if (failed) code = EXIT.findings;
    if (options['json'] === true) {
      io.stdout.write(`${JSON.stringify(reportOf(file, checked))}\n`);
      continue;
    }
    for (const finding of checked.findings) io.stdout.write(findingLine(finding, file, paint));
    const colour = checked.findings.length === 0 ? 'green' : failed ? 'red' : 'yellow';
    io.stdout.write(`${paint(colour, `${file}: ${verdictOn(checked)}`)}\n`);
  }
  return code;
}

function reportOf(file: string, { findings }: Checked): object {
  return {
    file,
    ok: !hasErrors(findings),
    findings: findings.map((finding) => {
      const { code, severity, path, problem, allowed, fix, position } = finding;
      return { code, severity, path, message: messageOf(finding), problem, allowed, fix, ...position };
    }),
  };
}
