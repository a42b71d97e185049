import { describe, expect, it } from 'vitest'
import { clockLeft, leftMs } from '../../../src/renderer/features/chargers/countdown.ts'
import { toJsonLines, toText, type LogLine } from '../../../src/renderer/features/chargers/export-log.ts'
import { runPath } from '../../../src/renderer/features/chargers/paths.ts'
import { newestPorts } from '../../../src/renderer/features/chargers/Ports.tsx'
import { systemOf } from '../../../src/renderer/features/chargers/RadioBanner.tsx'
import { createBurst } from '../../../src/renderer/features/chargers/use-scanner.ts'
import { parseZone } from '#shared/time.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { A, B, NOW } from './fixtures.tsx'

describe('a scanner', () => {
  const type = (text: string, gapMs: number, enterMs = gapMs) => {
    const burst = createBurst()
    let at = 1000
    for (const key of text) {
      expect(burst.key(key, at)).toBeNull()
      at += gapMs
    }
    return burst.key('Enter', at - gapMs + enterMs)
  }

  it('types fast and ends with Enter', () => {
    expect(type('60010001', 12)).toBe('60010001')
    expect(type('http://127.0.0.1/u?deviceCode=60010001', 30)).toBe('http://127.0.0.1/u?deviceCode=60010001')
    expect(type('60010001', 12, 120)).toBe('60010001')
  })

  it('is no person: too slow, too short, or Enter much later', () => {
    expect(type('60010001', 90)).toBeNull()
    expect(type('123', 12)).toBeNull()
    expect(type('60010001', 12, 400)).toBeNull()
  })

  it('holds Shift between characters, and begins anew after a pause', () => {
    const burst = createBurst()
    burst.key('x', 0)
    for (const [i, key] of ['B', 'Shift', 'U', 'C', '1'].entries()) burst.key(key, 1000 + i * 15)
    expect(burst.key('Enter', 1080)).toBe('BUC1')
    expect(burst.key('Enter', 1090)).toBeNull()
  })
})

describe('a port counts down by itself', () => {
  it('from the minutes it said, never below nothing', () => {
    expect(leftMs(2, NOW, NOW + 30_000)).toBe(90_000)
    expect(leftMs(2, NOW, NOW + 500_000)).toBe(0)
    // the page's clock may be behind the host's
    expect(leftMs(2, NOW, NOW - 5000)).toBe(120_000)
    expect([90_000, 59_001, 1, 5_400_000].map(clockLeft)).toEqual(['1:30', '1:00', '0:01', '1:30:00'])
  })

  it('from the newer of what it said here and what the registry has', () => {
    const port = { port: 1, state: 'free', minutes: null } as const
    const device = { ports: [port], portsAt: NOW } as unknown as DeviceRow
    expect(newestPorts(null, null)).toBeNull()
    expect(newestPorts(null, device)?.at).toBe(NOW)
    expect(newestPorts({ states: [port], at: NOW + 1 }, device)?.at).toBe(NOW + 1)
    expect(newestPorts({ states: [port], at: NOW - 1 }, device)?.at).toBe(NOW)
  })
})

describe('the log for the vendor', () => {
  const line = (direction: LogLine['direction'], text: string, at: number): LogLine => ({
    at,
    direction,
    text,
    name: A,
    runId: 'r1',
    step: null,
    operator: '张三',
  })
  const newestFirst = [line('received', '@OK|0&', NOW + 45), line('sent', '@STA&', NOW)]

  it('is oldest first, in JSON lines without names of people', () => {
    const lines = toJsonLines(newestFirst).trimEnd().split('\n')
    expect(lines.map((text) => JSON.parse(text) as unknown)).toEqual([
      { at: '2026-03-01T04:00:00.000Z', name: A, direction: 'sent', text: '@STA&' },
      { at: '2026-03-01T04:00:00.045Z', name: A, direction: 'received', text: '@OK|0&' },
    ])
  })

  it('is text in the time of the site', () => {
    expect(toText(newestFirst, parseZone('+08:00') ?? 0).split('\n')).toEqual([
      `2026-03-01 12:00:00.000 ${A} → @STA&`,
      `2026-03-01 12:00:00.045 ${A} ← @OK|0&`,
      '',
    ])
  })
})

it('knows the system for the cure, and the page of a run', () => {
  expect(systemOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('windows')
  expect(systemOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')).toBe('macos')
  expect(systemOf('Mozilla/5.0 (X11; Linux x86_64)')).toBe('linux')
  expect(runPath([A, B])).toBe(`/chargers/runs/new?names=${A},${B}`)
})
