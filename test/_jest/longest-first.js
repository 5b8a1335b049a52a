// A worker that is left with a long file keeps all others waiting. Jest begins with what took longest the last time; where there
// was none, as on a fresh machine, it goes by size, which says little of ours.
const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes more than ten seconds, or has the first to ask wait for the build of the package. */
const LONG = [
  ...[
    'rehearsal/scenarios/rehearse',
    'rehearsal/scenarios/cloud-sql',
    'rehearsal/mariadb/rehearse',
    'rehearsal/judge/sabotage',
  ],
  ...['house/package', 'cli/compiled-command', 'runbook/handlers/', 'runbook/whole/', '_proofs/', 'app/', 'house/'],
  ...['runbook/execution/crash-everywhere', 'runbook/execution/failing-calls', 'runbook/execution/invariants'],
  ...['runbook/adapters/aws/fleet/', 'runbook/adapters/aws/ledger/', 'runbook/adapters/sql/', 'examples/'],
  ...['gcp/pulumi-runs', 'topology/rules/exactly-one', 'cli/operator/'],
];

/** What takes minutes. */
const LONGEST = ['rehearsal/scenarios/random-schedules'];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const rank = ({ path }) =>
      [LONGEST, LONG].findIndex((parts) => parts.some((part) => path.replaceAll('\\', '/').includes(`/test/${part}`)));
    return [0, 1, -1].flatMap((each) => sorted.filter((test) => rank(test) === each));
  }
};
