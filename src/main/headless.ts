import nodeModule from 'node:module'
import { join } from 'node:path'
import { requireNode } from './hosts/launch/process-guard.ts'
import { reportFailure } from './hosts/launch/report.ts'

const here = import.meta.dirname
const built = !import.meta.url.endsWith('.ts')

// Everything else is loaded only by a Node that can run it.
try {
  requireNode()
} catch (error) {
  process.exit(reportFailure(error))
}

// Start-up is module loading: what V8 compiled once is kept beside the build.
if (built) nodeModule.enableCompileCache(join(here, '../.compile-cache'))

const { runHeadless } = await import('./hosts/web/run.ts')
await runHeadless({
  args: process.argv.slice(2),
  entryUrl: import.meta.url,
  page: join(here, built ? '../renderer' : '../../out/renderer'),
})
