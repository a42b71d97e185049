import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../fixtures/browser.ts'
import { startHost } from '../fixtures/host-process.ts'

export interface RechargeSite {
  readonly page: Page
  /** the console's page at this route */
  goto(hash: string): Promise<void>
  /** one operation on the page's own door, as whoever is signed in there */
  call(operation: string, input: object): Promise<unknown>
  close(): Promise<void>
}

/** The demo console in a process and a browser of its own, with its rooms synced. */
export async function openRechargeSite(): Promise<RechargeSite> {
  const directory = mkdtempSync(join(tmpdir(), 'sitedesk-recharge-'))
  const host = startHost(['--demo', '--no-open', '--port', '0', '--data-dir', directory])
  let browser: Browser | undefined
  const close = async () => {
    await browser?.close()
    host.child.kill('SIGTERM')
    await host.ended
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    const { console: url, token } = await host.ready
    browser = await launchBrowser()
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    const site: RechargeSite = {
      page,
      goto: async (hash) => void (await page.goto(`${url}/#${hash}`)),
      call: (operation, input) => callFrom(page, operation, input),
      close,
    }
    await enter(page, url, token)
    await syncRooms(site)
    return site
  } catch (error) {
    await close()
    throw error
  }
}

async function enter(page: Page, url: string, token: string): Promise<void> {
  const answer = await fetch(`${url}/open`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  const { url: opening } = (await answer.json()) as { url: string }
  await page.goto(opening)
  await page.getByRole('navigation').waitFor()
}

async function syncRooms(site: RechargeSite): Promise<void> {
  await site.call('sync.start', { source: 'campus' })
  await site.page.waitForFunction(async () => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`)
    const text = await new Promise<string>((resolve) => {
      socket.addEventListener('open', () =>
        socket.send(JSON.stringify({ id: 1, operation: 'rooms.search', input: { query: '梅1-5' } })),
      )
      socket.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.startsWith('{"id":1')) resolve(data)
      })
    })
    socket.close()
    return (JSON.parse(text) as { result?: { total: number } }).result?.total
  })
}

async function callFrom(page: Page, operation: string, input: object): Promise<unknown> {
  const text = await page.evaluate(
    ([operation, input]) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`)
        socket.addEventListener('open', () => socket.send(JSON.stringify({ id: 1, operation, input })))
        socket.addEventListener('message', ({ data }) => {
          if (typeof data !== 'string' || !data.includes('"id":1,')) return
          socket.close()
          resolve(data)
        })
      }),
    [operation, input] as const,
  )
  const frame = JSON.parse(text) as { ok: boolean; result?: unknown; error?: { code: string } }
  if (!frame.ok) throw new Error(`${operation}: ${frame.error?.code}`)
  return frame.result
}
