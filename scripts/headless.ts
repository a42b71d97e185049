/** `npm run headless`: builds when stale, then becomes the browser host. stdout holds the ready line alone. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildIfStale } from './build-if-stale.ts'
import { root } from './sources.ts'

if (!(await buildIfStale())) process.exit(1)
await import(pathToFileURL(join(root, 'out/main/headless.js')).href)
