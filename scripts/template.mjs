// The migrated, empty database that a first start copies instead of running every migration.
import path from 'node:path';
import { root } from './install.mjs';
import { makeTemplate } from '../src/lib/server/db/template.server.ts';

await makeTemplate(path.join(root, 'build/template'));
