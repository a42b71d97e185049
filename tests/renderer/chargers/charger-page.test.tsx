import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { describe, expect, it } from 'vitest'
import type { PortState } from '#shared/contract/chargers.ts'
import type { Role } from '#shared/contract/define.ts'
import { SitedeskError } from '#shared/errors.ts'
import { ChargerPage } from '../../../src/renderer/features/chargers/ChargerPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'
import { A, charger, nearby, NOW } from './fixtures.tsx'

const free = (port: number): PortState => ({ port, state: 'free', minutes: null })
const PORTS: PortState[] = [
  free(1),
  { port: 2, state: 'charging', minutes: 30 },
  { port: 3, state: 'broken', minutes: null },
  free(4),
]
const READ = { at: NOW, clock: '260301120000', clockSkewS: 0, ports: PORTS, warnings: [], exchange: [] }
const DONE = { status: 0, reply: '@OK|0&', exchange: [] }

const BASE: Answers = {
  'chargers.nearby': () => nearby([charger(A)]),
  'devices.get': () => {
    throw new SitedeskError('NOT_FOUND', 'not registered')
  },
  'chargers.preview': ({ command }: { command: string }) => ({
    frame: `@${command}&`,
    signed: null,
    bytes: 5,
  }),
  'chargers.read': () => READ,
  'chargers.command': () => DONE,
}

const open = (answers: Answers = {}, role: Role = 'admin') =>
  renderPart(
    <Routes>
      <Route path="/chargers/:name" element={<ChargerPage />} />
    </Routes>,
    {
      url: `/chargers/${A}`,
      hello: { ...HELLO, operator: { id: '1', name: '张三', roles: [role] } },
      answers: { ...BASE, ...answers },
    },
  )

const commands = (page: ReturnType<typeof open>) =>
  page.calls.filter(({ operation }) => operation === 'chargers.command').map(({ input }) => input)
const portCard = (n: number) => screen.findByRole('region', { name: `${n} 号端口` })
const flash = async () => {
  await userEvent.click(await screen.findByRole('button', { name: /闪灯/ }))
  await screen.findByText('命令', { selector: '[role=tab]' })
  await waitFor(() => expect(screen.queryByText('先闪灯，看清是这一台')).toBeNull())
}
const read = async () => {
  await userEvent.click(await screen.findByRole('button', { name: /读取状态$/ }))
  await within(await portCard(1)).findByText('空闲')
}

describe('the page of a charger', () => {
  it('asks nothing of the charger by itself', async () => {
    const page = open()
    await portCard(1)
    expect(page.calls.map(({ operation }) => operation)).not.toContain('chargers.read')
    expect(commands(page)).toEqual([])
  })

  it('changes nothing on one that is not registered before it has flashed', async () => {
    const page = open()
    const one = await portCard(1)
    expect(within(one).getByRole('button', { name: /通 ?电/ })).toHaveProperty('disabled', true)
    expect(screen.getByRole('button', { name: /对 ?时/ })).toHaveProperty('disabled', true)
    await flash()
    expect(within(one).getByRole('button', { name: /通 ?电/ })).toHaveProperty('disabled', false)
    expect(commands(page)).toEqual([{ name: A, command: 'LEDBLINK' }])
  })

  it('shows its ports as they were read, and stops one', async () => {
    const page = open()
    await flash()
    await read()
    const two = await portCard(2)
    expect(within(two).getByText(/约剩 (30:00|29:5\d)/)).toBeTruthy()
    expect(within(await portCard(3)).getByText('损坏（999）')).toBeTruthy()
    await userEvent.click(within(two).getByRole('button', { name: /停 ?止/ }))
    expect(commands(page)).toContainEqual({ name: A, command: 'POWEROFF', port: 2 })
  })

  it('switches a port on with minutes and a reason', async () => {
    const ports = [{ port: 1, state: 'charging', minutes: 2 }, free(2), free(3), free(4)] as PortState[]
    const page = open({
      'chargers.command': ({ command }: { command: string }) =>
        command === 'POWERON' ? { ...DONE, ports } : DONE,
    })
    await flash()
    await userEvent.click(within(await portCard(1)).getByRole('button', { name: /通 ?电/ }))
    const dialog = await screen.findByRole('dialog')
    const minutes = within(dialog).getByLabelText('分钟')
    await userEvent.clear(minutes)
    await userEvent.type(minutes, '2')
    await userEvent.type(within(dialog).getByLabelText('原因'), '验收{Enter}')
    await waitFor(() =>
      expect(commands(page)).toContainEqual({
        name: A,
        command: 'POWERON',
        port: 1,
        minutes: 2,
        reason: '验收',
      }),
    )
    expect(await within(await portCard(1)).findByText(/约剩/)).toBeTruthy()
    expect(commands(page).filter((one) => JSON.stringify(one).includes('POWERON'))).toHaveLength(1)
  })

  it('stops all only after a question', async () => {
    const page = open()
    await flash()
    await userEvent.click(screen.getByRole('button', { name: '全部停止' }))
    expect(commands(page)).toHaveLength(1)
    const yes = await waitFor(() => {
      const all = screen.getAllByRole('button', { name: '全部停止' })
      expect(all).toHaveLength(2)
      return all[1]
    })
    await userEvent.click(yes ?? document.body)
    await waitFor(() => expect(commands(page)).toContainEqual({ name: A, command: 'POWEROFFALL' }))
  })

  it('believes a clock only when it is read back', async () => {
    const page = open({ 'chargers.read': () => ({ ...READ, clockSkewS: -900 }) })
    await flash()
    await userEvent.click(screen.getByRole('button', { name: /对 ?时/ }))
    expect(await screen.findByText(/时钟读不出，或对时后仍不准/)).toBeTruthy()
    expect(screen.getByText(/慢 900 秒/)).toBeTruthy()
    expect(page.calls.map(({ operation }) => operation)).toContain('chargers.read')
  })

  it('says in an installer’s words why something failed', async () => {
    open({
      'chargers.read': () => {
        throw new SitedeskError('CHARGER_BUSY', 'held', { reason: 'held', task: 'provisioning', name: A })
      },
    })
    await userEvent.click(await screen.findByRole('button', { name: /读取状态$/ }))
    expect((await screen.findByRole('alert')).textContent).toContain('另一项任务正在使用它')
  })

  it('previews each command, and sends the chosen one', async () => {
    const page = open()
    expect(await screen.findByText('@STA&')).toBeTruthy()
    await userEvent.click(screen.getByRole('radio', { name: /读时钟/ }))
    expect(await screen.findByText('@QTIME&')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: /^发 ?送$/ }))
    await waitFor(() => expect(commands(page)).toEqual([{ name: A, command: 'QTIME' }]))
  })

  it('keeps an installer to five minutes, and the raw console to installers', async () => {
    const page = open({}, 'installer')
    await flash()
    await userEvent.click(screen.getByRole('radio', { name: /端口通电/ }))
    expect(screen.getByTitle('1 到 5 分钟')).toBeTruthy()
    page.unmount()
    open({}, 'supervisor')
    await userEvent.click(await screen.findByRole('tab', { name: '原始控制台' }))
    expect(screen.getByRole('button', { name: '原样发送' })).toHaveProperty('disabled', true)
    expect(screen.getByLabelText('当前操作员没有权限：需要 安装员')).toBeTruthy()
  })

  it('sends a raw frame as it stands and shows what came back', async () => {
    const exchange = [
      { at: NOW, direction: 'sent', text: '@STA&' },
      { at: NOW + 40, direction: 'received', text: '@OK|0|1000|2000|3000|4000&' },
    ]
    const page = open({
      'chargers.send': () => ({ status: 0, reply: '@OK|0|1000|2000|3000|4000&', exchange }),
    })
    await userEvent.click(await screen.findByRole('tab', { name: '原始控制台' }))
    await userEvent.click(screen.getByRole('button', { name: '原样发送' }))
    const log = await screen.findByRole('region', { name: '收发' })
    expect(within(log).getByText('@OK|0|1000|2000|3000|4000&')).toBeTruthy()
    expect(page.calls).toContainEqual({ operation: 'chargers.send', input: { name: A, frame: '@STA&' } })
  })

  it('asks how the ports are after a raw frame that switches power', async () => {
    const on: PortState[] = [{ port: 1, state: 'charging', minutes: 1 }, free(2), free(3), free(4)]
    const page = open({
      'chargers.preview': () => ({ frame: '@POWERON|1|1|1&', signed: 'POWERON111', bytes: 15 }),
      'chargers.send': () => DONE,
      'chargers.command': ({ command }: { command: string }) =>
        command === 'STA' ? { ...DONE, ports: on } : DONE,
    })
    await flash()
    await userEvent.click(screen.getByRole('tab', { name: '原始控制台' }))
    await userEvent.click(screen.getByRole('button', { name: '填入命令' }))
    await userEvent.click(await screen.findByText('端口通电 POWERON'))
    expect(await screen.findByDisplayValue('@POWERON|1|1|1&')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '原样发送' }))
    expect(await within(await portCard(1)).findByText(/约剩/)).toBeTruthy()
    expect(commands(page)).toContainEqual({ name: A, command: 'STA' })
  })

  it('never shows a hole where a reason lacks a value', async () => {
    open({
      'chargers.read': () => {
        throw new SitedeskError('CHARGER_NO_REPLY', 'silence', { reason: 'noReply' })
      },
    })
    await userEvent.click(await screen.findByRole('button', { name: /读取状态$/ }))
    expect((await screen.findByRole('alert')).textContent).not.toContain('{{')
  })
})
