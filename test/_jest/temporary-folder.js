// A run of Jest has a temporary folder of its own, whose path its workers inherit: what tests leave there, as the CDK leaves an
// assembly for each app that was given no folder, is gone when the run is over.
const { chmodSync, mkdtempSync, realpathSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'understudy-tests-')));
  // Database servers run as somebody else, and have to get through.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  globalThis.temporaryFolderOfTests = folder;
};
