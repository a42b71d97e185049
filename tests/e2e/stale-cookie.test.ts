import { afterAll, expect, it } from 'vitest'
import { describeInBrowser } from '../fixtures/browser.ts'
import { startHost, type HostProcess, type Ready } from '../fixtures/host-process.ts'
import { removeFolder, temporaryFolder } from './support/console.ts'
import { closeBrowser, settled, sharedBrowser } from './support/page.ts'

describeInBrowser('a page left open while its host is started again', () => {
  const folder = temporaryFolder()
  let host: HostProcess | undefined
  const start = (port: string): Promise<Ready> => {
    host = startHost(['--no-open', '--data-dir', folder, '--port', port])
    return host.ready
  }
  const stop = async () => {
    host?.child.kill('SIGTERM')
    await host?.ended
  }
  afterAll(async () => {
    await closeBrowser()
    await stop()
    removeFolder(folder)
  })

  it('shows by itself how to get in, and the token opens the console again', async () => {
    const first = await start('0')
    const asked = await fetch(`${first.console}/open`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${first.token}` },
    })
    const { url } = (await asked.json()) as { url: string }
    const page = await (await (await sharedBrowser()).newContext()).newPage()
    await page.goto(url)
    await settled(page)
    await stop()

    const second = await start(new URL(first.console).port)
    expect(second.console).toBe(first.console)
    const token = page.getByLabel('Token')
    await token.waitFor({ timeout: 30_000 })
    await token.fill(second.token)
    await page.keyboard.press('Enter')
    await page.locator('.sd-door h1').waitFor()
    await settled(page)
    expect(new URL(page.url()).pathname).toBe('/')
  }, 90_000)
})
