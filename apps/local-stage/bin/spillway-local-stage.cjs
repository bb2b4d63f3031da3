#!/usr/bin/env node
require('../../../tools/workspace/require-node.cjs');
import('../src/main.ts');
