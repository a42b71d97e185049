import nodeModule from 'node:module'
import { join } from 'node:path'

const here = import.meta.dirname
const built = !import.meta.url.endsWith('.ts')

// Start-up is module loading: what V8 compiled once is kept beside the build (performance.md §6).
// An older Node has no such cache; it is told its version in one line below.
if (built && 'enableCompileCache' in nodeModule)
  nodeModule.enableCompileCache(join(here, '../.compile-cache'))

const { runHeadless } = await import('./hosts/web/run.ts')
await runHeadless({
  args: process.argv.slice(2),
  entryUrl: import.meta.url,
  page: join(here, built ? '../renderer' : '../../out/renderer'),
})
