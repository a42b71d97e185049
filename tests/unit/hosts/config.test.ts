import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readProfile } from '#main/hosts/launch/config.ts'
import { LaunchRefusal } from '#main/hosts/launch/refusal.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitedesk-config-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function write(content: unknown, mode = 0o600): string {
  const path = join(folder, 'site.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  chmodSync(path, mode)
  return path
}

function refusalOf(content: unknown): string {
  try {
    readProfile(write(content))
  } catch (error) {
    if (!(error instanceof LaunchRefusal)) throw error
    expect(error.exitCode).toBe(2)
    expect(error.message).not.toContain('\n')
    return error.message
  }
  throw new Error('the file was accepted')
}

describe('a site profile', () => {
  it('is accepted as documented, with a byte order mark too', () => {
    const profile = {
      zone: '+08:00',
      operators: [{ name: 'admin', pin: '482913', roles: ['admin'], phone: '13800000000' }],
      upstreams: {
        imr: { baseUrl: 'http://127.0.0.1:9002', account: 'a', password: 'p', minIntervalMs: 2200 },
      },
      lan: { enabled: true, host: '127.0.0.1', port: 0, payment: { kind: 'offline' } },
      bluetooth: { adapter: 'tcp://127.0.0.1:9000' },
    }
    expect(readProfile(write(profile)).profile).toEqual(profile)
    expect(readProfile(write(`\ufeff${JSON.stringify(profile)}`)).profile).toEqual(profile)
  })

  it.skipIf(process.platform === 'win32')('that others can read is reported', () => {
    expect(readProfile(write({}, 0o600)).readable).toBe(false)
    expect(readProfile(write({}, 0o640)).readable).toBe(true)
    expect(readProfile(write({}, 0o604)).readable).toBe(true)
  })

  it.each([
    [[], 'the file: expected object'],
    [{ upstreams: 'imr' }, 'upstreams: expected object'],
    [{ upstreams: { imr: { basUrl: 'http://127.0.0.1' } } }, 'upstreams.imr.basUrl: unknown key'],
    [{ zone: 'Shanghai' }, 'zone: expected a fixed offset such as +08:00'],
    [{ lan: { port: 99_999 } }, 'lan.port: expected at most 65535'],
    [{ lan: { port: '8085' } }, 'lan.port: expected number'],
    [{ operators: [{ name: 'a', pin: '482913', roles: ['chief'] }] }, 'operators.0.roles.0: expected admin'],
    [{ operators: [{ name: 'a', pin: '48', roles: ['admin'] }] }, 'operators.0.pin: expected a PIN of'],
    [
      { upstreams: { imr: { baseUrl: 'ftp://127.0.0.1' } } },
      'upstreams.imr.baseUrl: expected an http or https',
    ],
    [{ lan: { sources: ['192.168.1.0/33'] } }, 'lan.sources.0: expected a subnet such as 192.168.1.0/24'],
    [{ lan: { wechat: { kind: 'simulator' } } }, 'lan.wechat.kind: simulator is only for --demo'],
    [{ lan: { wechat: { kind: 'other' } } }, 'lan.wechat.kind: expected'],
    [
      { upstreams: { water: { auth: { kind: 'digest' } } } },
      'upstreams.water.auth.kind: expected none | bearer | basic | header | query',
    ],
    [{ bluetooth: { adapter: 'tcp://127.0.0.1:99999' } }, 'bluetooth.adapter: expected system, demo or tcp'],
    [{ bluetooth: { adapter: 'usb' } }, 'bluetooth.adapter: expected system, demo or tcp://HOST:PORT'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, 'd: unknown key; and 2 more'],
  ])('%j is refused with the path of what is wrong', (content, told) => {
    expect(refusalOf(content)).toContain(told)
  })

  it('names two operators of one name', () => {
    const one = { name: 'admin', pin: '482913', roles: ['admin'] }
    expect(refusalOf({ operators: [one, one] })).toContain('operators.1.name: expected a name that no other')
  })

  it.each([
    ['{"zone": "+08:00",\n  "lan": }', 'line 2, column 10'],
    ['{\n"lan": {', 'line 2, column 9'],
    ['', 'line 1, column 1'],
    ['nonsense', 'line 1, column 2'],
    ['{"upstreams":{"imr":{"password":"hunter-2"} x', 'line 1, column'],
    ['{"upstreams":{"imr":{"password":hunter-2', 'line 1, column 33'],
  ])('%j is no JSON: the place is told, the text is not', (text, place) => {
    const message = refusalOf(text)
    expect(message).toContain(place)
    expect(message).not.toContain('hunter')
  })

  it('never repeats a value: it may be a secret in the wrong place', () => {
    expect(refusalOf({ upstreams: { imr: { password: ['hunter-2'], pasword: 'hunter-2' } } })).not.toContain(
      'hunter',
    )
    expect(refusalOf({ operators: [{ name: 'a', pin: 'hunter-2', roles: ['admin'] }] })).not.toContain(
      'hunter',
    )
  })

  it('that is not there is refused by its name', () => {
    expect(() => readProfile(join(folder, 'nowhere.json'))).toThrow(/nowhere\.json cannot be read \(ENOENT\)/)
  })
})
