import { spawn } from 'node:child_process'

type Command = readonly [program: string, ...args: string[]]

/** How this system opens an address in the person's browser. */
function commands(platform: NodeJS.Platform, url: string): readonly Command[] {
  if (platform === 'win32') return [['rundll32', 'url.dll,FileProtocolHandler', url]]
  if (platform === 'darwin') return [['open', url]]
  return [
    ['xdg-open', url],
    ['sensible-browser', url],
  ]
}

/** Opens the address; false when nothing on this machine can. The browser outlives this process. */
export async function openBrowser(url: string, platform = process.platform): Promise<boolean> {
  for (const [program, ...args] of commands(platform, url)) if (await start(program, args)) return true
  return false
}

function start(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
