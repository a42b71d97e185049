import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, rmSync } from 'node:fs'
import { median, timed, type Bench } from '../lib/harness.ts'
import { built, startHost } from '../lib/host.ts'
import { bigFolder } from '../lib/site.ts'

const ROUNDS = 12

async function nothing(): Promise<void> {
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' })
  await once(child, 'exit')
}

async function ready(folder: string): Promise<number> {
  const host = await startHost(folder)
  await host.stop()
  return host.readyMs
}

/** From the start of the process to the ready line, ten million readings stored; the floor is `node -e 0`. */
export const bench: Bench = {
  name: 'start-up',
  async run() {
    await built()
    const big = await bigFolder()
    const folder = `${big}.start`
    rmSync(folder, { recursive: true, force: true })
    cpSync(big, folder, { recursive: true })
    const times = { host: [] as number[], floor: [] as number[] }
    // the first start writes the compile cache and is not counted
    await ready(folder)
    await nothing()
    for (let round = 0; round < ROUNDS; round++) {
      const host = async () => void times.host.push(await ready(folder))
      const floor = async () => void times.floor.push(await timed(nothing))
      for (const run of round % 2 === 0 ? [host, floor] : [floor, host]) await run()
    }
    rmSync(folder, { recursive: true, force: true })
    const [hostMs, floorMs] = [median(times.host), median(times.floor)]
    return [
      {
        name: 'start-up',
        value: hostMs,
        unit: 'ms',
        ratio: hostMs / floorMs,
        target: { kind: 'most', of: 'ratio', limit: 7 },
      },
      { name: 'start-up-floor', value: floorMs, unit: 'ms', ratio: null, target: null },
    ]
  },
}
