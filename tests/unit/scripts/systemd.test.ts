import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseFlags } from '../../../src/main/hosts/launch/flags.ts'
import { STOP_WITHIN_MS } from '../../../src/main/hosts/launch/stop.ts'
import { root } from '../../../scripts/sources.ts'

const path = join(root, 'resources/systemd/sitedesk.service')

/** `Section.Key` to its values, in the order of the file. */
function parseUnit(text: string): Map<string, string[]> {
  const unit = new Map<string, string[]>()
  let section = ''
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const head = /^\[(\w+)\]$/.exec(line)
    if (head) section = head[1] ?? ''
    const entry = /^(\w+)=(.*)$/.exec(line)
    if (!head && !entry) throw new Error(`no unit file has the line ${line}`)
    if (!entry) continue
    const key = `${section}.${entry[1]}`
    unit.set(key, [...(unit.get(key) ?? []), entry[2] ?? ''])
  }
  return unit
}

describe('the unit of the console without a screen', () => {
  const unit = parseUnit(readFileSync(path, 'utf8'))
  const one = (key: string) => unit.get(`Service.${key}`)?.join(' ')

  it('starts the host with flags that it knows', () => {
    const line = /headless\.js (.+?) >/.exec(one('ExecStart') ?? '')?.[1] ?? ''
    const args = line.replace('"$STATE_DIRECTORY"', root).split(' ')
    expect(parseFlags(args, 'headless')).toMatchObject({
      open: false,
      port: 8420,
      dataDir: root,
      demo: false,
    })
  })

  it('runs as nobody in particular, with a folder of its own and no more rights than Bluetooth needs', () => {
    expect(one('DynamicUser')).toBe('yes')
    expect(one('StateDirectory')).toBe('sitedesk')
    expect(one('StateDirectoryMode')).toBe('0700')
    expect(one('RuntimeDirectoryMode')).toBe('0700')
    expect(one('ProtectSystem')).toBe('strict')
    expect(one('NoNewPrivileges')).toBe('yes')
    expect(one('CapabilityBoundingSet')).toBe('CAP_NET_RAW CAP_NET_ADMIN')
    expect(one('AmbientCapabilities')).toBe(one('CapabilityBoundingSet'))
  })

  it('keeps the token out of the journal', () => {
    expect(one('ExecStart')).toContain('>"$RUNTIME_DIRECTORY/ready.json"')
  })

  it('comes back after a crash, not after a wrong flag, and is given the time to close', () => {
    expect(one('Restart')).toBe('on-failure')
    expect(one('RestartPreventExitStatus')).toBe('2')
    expect(one('KillSignal')).toBe('SIGTERM')
    expect(Number(one('TimeoutStopSec')) * 1000).toBeGreaterThan(STOP_WITHIN_MS)
  })

  it.skipIf(!existsSync('/usr/bin/systemd-analyze'))('is what systemd takes', () => {
    const { status, stderr } = spawnSync('/usr/bin/systemd-analyze', ['verify', path], { encoding: 'utf8' })
    expect(stderr.split('\n').filter((line) => line.includes('sitedesk.service'))).toEqual([])
    expect(status).toBe(0)
  })
})
