// Switches on the commit hook after `npm install`; without git, or outside a clone, there is nothing to do.
import { spawnSync } from 'node:child_process'

spawnSync('git', ['config', 'core.hooksPath', '.githooks'], { stdio: 'ignore' })
