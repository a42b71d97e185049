import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { electronBinary, openDesktop } from '../fixtures/desktop.ts'

const home = mkdtempSync(join(tmpdir(), 'sitedesk-desktop-practice-'))
const temporary = join(home, 'tmp')
mkdirSync(temporary)
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }))

const POLL = { timeout: 20_000, interval: 50 }
const folders = () => readdirSync(temporary).filter((name) => name.startsWith('sitedesk-demo-'))

it('practice is a second program with a folder of its own, and ends with the desk', async () => {
  const desktop = await openDesktop([], { TMPDIR: temporary })
  await desktop.page.getByRole('heading').first().waitFor()
  // Electron runs from its own binary; a double of it runs from Node's
  await desktop.app.evaluate((_electron, binary) => {
    process.execPath = binary
  }, electronBinary())
  const practice = (input: object) =>
    desktop.page.evaluate((what) => window.sitedesk?.call('system.practice', what), input)
  expect(await practice({ run: true })).toMatchObject({ ok: true, result: { state: 'on', url: null } })
  await expect.poll(folders, POLL).toHaveLength(1)
  const folder = join(temporary, folders()[0] ?? '')
  await expect.poll(() => existsSync(join(folder, 'site.db')), POLL).toBe(true)
  const pid = Number(readFileSync(join(folder, 'desk.pid'), 'utf8'))
  expect(pid).not.toBe(Number(readFileSync(join(desktop.directory, 'desk.pid'), 'utf8')))
  // another click opens no third
  expect(await practice({ run: true })).toMatchObject({ ok: true, result: { state: 'on' } })
  expect(folders()).toHaveLength(1)
  await desktop.close()
  await expect.poll(folders, POLL).toEqual([])
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})
