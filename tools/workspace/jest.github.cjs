/** GitHub's packages name what they export for `import` alone; Jest, which runs CommonJS, asks for `require`. */
const path = require('node:path');

const packages = path.resolve(__dirname, '../../node_modules/@actions');

module.exports = {
  moduleNameMapper: {
    '^@actions/(workflow-parser|expressions)$': `${packages}/$1/dist/index.js`,
    '^@actions/(workflow-parser|expressions)/(.*)$': `${packages}/$1/dist/$2.js`,
  },
};
