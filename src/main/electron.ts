import { join } from 'node:path'
import { runDesktop } from './hosts/electron/run.ts'

const here = import.meta.dirname

runDesktop({
  entryUrl: import.meta.url,
  page: join(here, '../renderer'),
  preload: join(here, '../preload/index.cjs'),
})
