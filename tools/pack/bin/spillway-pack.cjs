#!/usr/bin/env node
require('../../../tools/require-node.cjs');
import('../src/main.ts');
