import { describe, expect, it } from 'vitest'
import { insecureHost } from '#core/settings/hosts.ts'

describe('a host that credentials reach in clear through foreign networks', () => {
  it.each([
    ['http://127.0.0.1:1', null],
    ['http://127.9.9.9', null],
    ['http://localhost', null],
    ['http://[::1]:80', null],
    ['http://10.1.2.3', null],
    ['http://172.31.0.1', null],
    ['http://[fd00::1]', null],
    ['http://[fe80::1]', null],
    ['http://meterbox', null],
    ['http://meters.local', null],
    ['https://8.8.8.8', null],
    ['http://172.32.0.1', '172.32.0.1'],
    ['http://8.8.8.8', '8.8.8.8'],
    ['http://10.example', '10.example'],
    ['http://127.0.0.1.example', '127.0.0.1.example'],
    ['http://[2001:db8::1]', '[2001:db8::1]'],
    ['not an address', null],
    [undefined, null],
  ])('is found in %s: %j', (url, host) => {
    expect(insecureHost(url)).toBe(host)
  })
})
