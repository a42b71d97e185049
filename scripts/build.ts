/** Builds `out/` when the sources changed since it was made. */
import { buildIfStale } from './build-if-stale.ts'

if (!(await buildIfStale())) process.exit(1)
