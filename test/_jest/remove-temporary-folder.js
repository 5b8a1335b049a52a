const { rmSync } = require('node:fs');

module.exports = () => rmSync(globalThis.temporaryFolderOfTests, { recursive: true, force: true, maxRetries: 3 });
