import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesktop, type Desktop } from '../fixtures/desktop.ts'

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('the desktop with the LAN service on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sitedesk-tray-'))
  let desktop: Desktop
  let url: string
  beforeAll(async () => {
    const port = await freePort()
    url = `http://127.0.0.1:${port}/oapi/bluepower_user/1_0/getSystemTime`
    const config = join(folder, 'site.json')
    writeFileSync(config, JSON.stringify({ lan: { enabled: true, host: '127.0.0.1', port } }), {
      mode: 0o600,
    })
    desktop = await openDesktop(['--config', config])
    await desktop.page.getByRole('heading').first().waitFor()
  })
  afterAll(async () => {
    await desktop.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** refused for want of a signature, but by the service itself */
  const answers = async () => {
    const response = await fetch(url, { method: 'POST' })
    return (await response.json()) as { code: number }
  }
  const windows = () => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

  it('serves phones on when its window is closed, and brings the window back', async () => {
    expect((await answers()).code).toBe(3)
    await desktop.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close()
    })
    await expect.poll(windows).toBe(0)
    expect((await answers()).code).toBe(3)
    await desktop.app.evaluate(({ app }) => void app.emit('activate'))
    await expect.poll(windows).toBe(1)
  })
})
