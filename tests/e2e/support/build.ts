import { buildIfStale } from '../../../scripts/build-if-stale.ts'

/** Before the first file: all of them start the same build, and no two may build at once. */
export async function setup(): Promise<void> {
  if (!(await buildIfStale())) throw new Error('the console could not be built')
}
