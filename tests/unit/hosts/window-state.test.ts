import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readWindowState, saveWindowState } from '#main/hosts/electron/window-state.ts'

const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitedesk-window-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the window', () => {
  it('comes back where it was', () => {
    const state = { x: 40, y: 50, width: 1500, height: 900, maximized: true }
    saveWindowState(folder, state)
    expect(readWindowState(folder, screens)).toEqual(state)
  })

  it('keeps its size but not its place when that screen is gone', () => {
    saveWindowState(folder, { x: 3000, y: 50, width: 1500, height: 900, maximized: false })
    expect(readWindowState(folder, screens)).toEqual({ width: 1500, height: 900, maximized: false })
  })

  it('opens as at first when nothing sound is remembered', () => {
    const first = readWindowState(folder, screens)
    expect(first).toMatchObject({ width: 1366, height: 768 })
    writeFileSync(join(folder, 'window.json'), '{"width": "wide"')
    expect(readWindowState(folder, screens)).toEqual(first)
    expect(() => saveWindowState(join(folder, 'missing'), first)).not.toThrow()
  })
})
