import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWebHost, type WebHost } from '#main/hosts/web/server.ts'
import { describeInBrowser, launchBrowser } from '../fixtures/browser.ts'
import { openTestCore, type TestCore } from '../fixtures/doors.ts'

const INDEX = `<!doctype html><title>page</title>
<script>window.inline = true</script>
<script src="/assets/own.js"></script>
<body onload="window.handler = true"><style>body { color: rgb(1, 2, 3) }</style></body>`

const OWN = `window.own = true
document.addEventListener('securitypolicyviolation', (e) => (window.violations ??= []).push(e.effectiveDirective))
try { window.evaluated = Function('return true')() } catch { window.evaluated = false }`

describeInBrowser('the content policy in a real browser', () => {
  let test: TestCore
  let host: WebHost
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    test = await openTestCore()
    folder = mkdtempSync(join(tmpdir(), 'sitedesk-csp-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), INDEX)
    writeFileSync(join(folder, 'assets/own.js'), OWN)
    host = await startWebHost({ core: test.core, log: test.ports.log, page: folder, port: 0, now: () => 0 })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await host.close()
    await test.close()
    rmSync(folder, { recursive: true })
  })

  it('runs our own files and nothing inline', async () => {
    const page = await browser.newPage()
    await page.goto(host.openingUrl())
    const seen = await page.evaluate(() => {
      const { own, inline, handler, evaluated } = window as unknown as Record<string, unknown>
      return { own, inline, handler, evaluated, color: getComputedStyle(document.body).color }
    })
    expect(seen).toEqual({
      own: true,
      inline: undefined,
      handler: undefined,
      evaluated: false,
      color: 'rgb(1, 2, 3)',
    })
    await page.close()
  })

  it('refuses scripts added later, other hosts and frames', async () => {
    const page = await browser.newPage()
    await page.goto(host.openingUrl())
    const seen = await page.evaluate(async () => {
      const refused = new Promise<string[]>((resolve) => {
        const found: string[] = []
        document.addEventListener('securitypolicyviolation', (event) => {
          found.push(event.effectiveDirective)
          if (found.length === 3) resolve(found.toSorted())
        })
      })
      const script = document.createElement('script')
      script.textContent = 'window.late = true'
      document.body.append(script)
      const frame = document.createElement('iframe')
      frame.src = 'http://127.0.0.1:9/'
      document.body.append(frame)
      await fetch('http://127.0.0.1:9/').catch(() => undefined)
      return { refused: await refused, late: (window as unknown as { late?: boolean }).late }
    })
    expect(seen.late).toBeUndefined()
    expect(seen.refused).toEqual(['connect-src', 'frame-src', 'script-src-elem'])
    await page.close()
  })

  it('lets the page open its WebSocket, with the cookie that the code gave', async () => {
    const page = await browser.newPage()
    await page.goto(host.openingUrl())
    expect(await page.evaluate(() => document.cookie)).toBe('')
    const hello = await page.evaluate(
      () =>
        new Promise<string>((resolve, reject) => {
          const socket = new WebSocket(`ws://${location.host}/ws`)
          socket.addEventListener('open', () => socket.send('{"id":1,"operation":"system.hello"}'))
          socket.addEventListener('message', (event) => resolve(String(event.data)))
          socket.addEventListener('close', () => reject(new Error('closed')))
        }),
    )
    expect(JSON.parse(hello)).toMatchObject({ id: 1, ok: true, result: { firstRun: false } })
    await page.close()
  })
})
