import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesktop, type Desktop } from '../fixtures/desktop.ts'

describe('a restore on the desktop', () => {
  let desktop: Desktop
  beforeAll(async () => {
    desktop = await openDesktop()
    await desktop.page.getByRole('heading').first().waitFor()
  })
  afterAll(() => desktop.close())

  const call = async (operation: string, input: object): Promise<unknown> => {
    const answer = await desktop.page.evaluate(([name, what]) => window.sitedesk?.call(name, what), [
      operation,
      input,
    ] as const)
    if (!answer?.ok) throw new Error(`${operation}: ${JSON.stringify(answer)}`)
    return answer.result
  }

  it('closes the core and opens it again behind the same window', async () => {
    const { page, app } = desktop
    await call('operators.createFirst', { name: 'Ada', pin: '482913', siteName: '东区' })
    const { name } = (await call('backups.run', {})) as { name: string }
    await call('settings.update', { changes: { siteName: '西区' } })
    const pid = app.process().pid
    const from = { place: 'first', name }
    const { confirm } = (await call('backups.preview', { from })) as { confirm: string }
    expect(await call('backups.restore', { from, confirm })).toMatchObject({ restarting: true })
    // the page hears that its session ended and asks who is there
    await page.getByRole('heading', { name: '东区' }).waitFor()
    await page.getByLabel('PIN', { exact: true }).fill('482913')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Ada' }).waitFor()
    expect(await call('backups.status', {})).toMatchObject({
      lastRestore: { state: 'done', by: 'Ada', differences: [] },
    })
    expect(app.process().pid).toBe(pid)
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    // the window of after it hears as the one of before it did
    const heard = page.evaluate(
      () =>
        new Promise((resolve) => {
          window.sitedesk?.onEvent((event) => {
            if (event.type === 'changed' && event.area === 'settings') resolve(event.area)
          })
          void window.sitedesk?.call('settings.update', { changes: { siteName: '南区' } })
        }),
    )
    expect(await heard).toBe('settings')
  })
})
