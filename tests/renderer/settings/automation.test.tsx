import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Role } from '#shared/contract/define.ts'
import { ThemeProvider } from '../../../src/renderer/app/mode.tsx'
import { Settings } from '../../../src/renderer/features/settings/Settings.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const TOKEN = 'an-invented-token'
const URL = 'http://127.0.0.1:8086'
const on = { enabled: true, url: URL, token: TOKEN, reason: null }

let settings: { values: object; fixed: string[]; secretsSet: string[]; keyProtection: string[] }
beforeEach(() => {
  settings = {
    values: { automation: { enabled: false, port: 8086 } },
    fixed: [],
    secretsSet: [],
    keyProtection: ['keyFile'],
  }
})

const open = (host: 'desktop' | 'browser', change: Answers = {}, role: Role = 'admin') =>
  renderPart(
    <ThemeProvider>
      <Settings />
    </ThemeProvider>,
    {
      host,
      hello: { ...HELLO, operator: { id: '1', name: '张三', roles: [role] } },
      answers: { 'settings.get': () => settings, 'system.automation': () => on, ...change },
    },
  )

describe('the automation API on the settings screen', () => {
  it('shows the address, and the token only when asked to', async () => {
    open('desktop')
    expect(await screen.findByText(URL)).toBeTruthy()
    expect(document.body.textContent).not.toContain(TOKEN)
    await userEvent.click(screen.getByRole('button', { name: '显示' }))
    expect(screen.getByText(TOKEN)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '隐藏' }))
    expect(document.body.textContent).not.toContain(TOKEN)
  })

  it('copies the token without showing it', async () => {
    const user = userEvent.setup()
    open('desktop')
    await screen.findByText(URL)
    const copies = screen.getAllByRole('button', { name: /复制$/ })
    await user.click(copies[1] ?? document.body)
    expect(await navigator.clipboard.readText()).toBe(TOKEN)
    expect(document.body.textContent).not.toContain(TOKEN)
  })

  it('sends the switch and shows what became of it', async () => {
    let state: object = { enabled: false, url: null, token: null, reason: 'off' }
    const update = vi.fn<(input: unknown) => object>(() => {
      state = on
      return { changed: ['automation.enabled'] }
    })
    const view = open('desktop', { 'system.automation': () => state, 'settings.update': update })
    expect(await screen.findByText('未开启')).toBeTruthy()
    await userEvent.click(screen.getByRole('switch', { name: '开启' }))
    const form = screen.getByRole('switch', { name: '开启' }).closest('form')
    await userEvent.click(form?.querySelector('button[type=submit]') ?? document.body)
    await waitFor(() => expect(update).toHaveBeenCalledWith({ changes: { 'automation.enabled': true } }))
    view.emit({ type: 'changed', area: 'system' })
    expect(await screen.findByText(URL)).toBeTruthy()
  })

  it('says that the port is taken, and what to do', async () => {
    open('desktop', {
      'system.automation': () => ({ enabled: true, url: null, token: null, reason: 'portInUse' }),
    })
    expect(await screen.findByText('端口被别的程序占用，请换一个端口或填 0')).toBeTruthy()
    expect(screen.queryByRole('button', { name: '显示' })).toBeNull()
  })

  it('has nothing to switch in the browser, whose host is one by itself', async () => {
    open('browser')
    expect(await screen.findByText(URL)).toBeTruthy()
    expect(screen.queryByRole('switch', { name: '开启' })).toBeNull()
  })

  it('asks for nothing that only an administrator may see', async () => {
    const { calls } = open('desktop', {}, 'viewer')
    expect(await screen.findByText('地址和 token 只给管理员看')).toBeTruthy()
    expect(calls.map(({ operation }) => operation)).not.toContain('system.automation')
    expect(screen.getByRole('switch', { name: '开启' }).hasAttribute('disabled')).toBe(true)
  })
})
