// The databases a first start copies: a migrated, empty one, and one with the demo workspace and its files.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';
import { variables } from '../src/env.ts';
import { loadDemo } from '../src/lib/demo/demo.server.ts';
import { makeTemplate } from '../src/lib/server/db/template.server.ts';
import { createStorage } from '../src/lib/server/storage/storage.server.ts';

await makeTemplate(path.join(root, 'build/template'));

const files = path.join(root, 'build/template-demo-files');
rmSync(files, { recursive: true, force: true });
await makeTemplate(path.join(root, 'build/template-demo'), {
	load: (db) => loadDemo(db, createStorage(files), variables.DEMO_TODAY.fallback)
});
