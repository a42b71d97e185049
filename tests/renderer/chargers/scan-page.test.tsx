import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import { ScanPage } from '../../../src/renderer/features/chargers/ScanPage.tsx'
import type { Answers } from '../fake-client.ts'
import { renderPart } from '../render.tsx'
import { A, B, C, charger, Here, nearby, NOW } from './fixtures.tsx'

const THREE = [
  charger(A, { rssi: -50, deviceCode: '60010001', alias: '竹园1栋1层' }),
  charger(B, { rssi: -60 }),
  charger(C, { rssi: -70, lastSeenAt: NOW - 12_000 }),
]

const open = (answers: Answers = {}, url = '/') =>
  renderPart(
    <>
      <ScanPage />
      <Here />
    </>,
    { url, answers: { 'chargers.nearby': () => nearby(THREE), ...answers } },
  )

const row = async (name: string) => {
  const cell = await screen.findByText(name)
  const found = cell.closest<HTMLElement>('[role=row]')
  if (!found) throw new Error(`no row of ${name}`)
  return found
}
const here = () => screen.getByTestId('here').textContent

describe('the list of chargers', () => {
  it('shows the strongest first, who is registered, who fades, and how many are hidden', async () => {
    open()
    await row(A)
    const rows = screen.getAllByRole('row').slice(1)
    expect(rows.map((one) => one.dataset['name'])).toEqual([A, B, C])
    expect(within(await row(A)).getByText('竹园1栋1层')).toBeTruthy()
    expect(within(await row(B)).getByText('未登记')).toBeTruthy()
    expect((await row(C)).dataset['age']).toBe('fading')
    expect(screen.getByText('已隐藏 5 个其他蓝牙设备')).toBeTruthy()
  })

  it('goes on listening', async () => {
    const page = open()
    await row(A)
    expect(page.calls[0]).toEqual({ operation: 'chargers.nearby', input: { listen: true } })
  })

  it('refuses one whose name two devices use', async () => {
    const command = vi.fn<() => object>()
    open({
      'chargers.nearby': () => nearby([charger(A, { ambiguous: true })]),
      'chargers.command': command,
    })
    const one = await row(A)
    expect(within(one).getByText('重名，已停用')).toBeTruthy()
    expect(within(one).getByRole('button', { name: /闪灯/ })).toHaveProperty('disabled', true)
    await userEvent.click(screen.getByRole('button', { name: '全选' }))
    expect(one.getAttribute('aria-selected')).toBe('false')
    expect(command).not.toHaveBeenCalled()
  })

  it('is filtered from the address', async () => {
    open({}, '/?query=竹园')
    await row(A)
    expect(screen.queryByText(B)).toBeNull()
    expect(screen.getByText('1 / 3 台')).toBeTruthy()
  })

  it('is chosen from by keys alone, and handed to the run', async () => {
    open()
    await row(A)
    screen.getByRole('grid').focus()
    await userEvent.keyboard('{ArrowDown} {Shift>}{ArrowDown}{/Shift}')
    expect(screen.getByText('已选 2 台')).toBeTruthy()
    await userEvent.keyboard('{Control>}a{/Control}')
    expect(screen.getByText('已选 3 台')).toBeTruthy()
    await userEvent.keyboard('{ArrowDown} ')
    await userEvent.click(screen.getByRole('button', { name: '开始安装（2）' }))
    expect(here()).toBe(`/chargers/runs/new?names=${A},${B}`)
  })

  it('is chosen from by clicks, a range with Shift', async () => {
    open()
    const user = userEvent.setup()
    await user.click(await row(A))
    await user.keyboard('{Shift>}')
    await user.click(await row(C))
    await user.keyboard('{/Shift}')
    expect(screen.getByText('已选 3 台')).toBeTruthy()
    await user.click(within(await row(B)).getByRole('checkbox'))
    expect(screen.getByText('已选 2 台')).toBeTruthy()
  })
})

describe('the flash', () => {
  it('is asked for by F2 and says how long it took', async () => {
    const page = open({ 'chargers.command': () => ({ status: 0, reply: '@OK|0&', exchange: [] }) })
    await row(A)
    screen.getByRole('grid').focus()
    await userEvent.keyboard('{ArrowDown}{F2}')
    expect(await screen.findByText(/已闪灯，/)).toBeTruthy()
    expect(page.calls).toContainEqual({
      operation: 'chargers.command',
      input: { name: A, command: 'LEDBLINK' },
    })
  })

  it('says after 3 s that there is no answer, and why in the end', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    try {
      let fail: (error: unknown) => void = () => undefined
      open({ 'chargers.command': () => new Promise((_resolve, reject) => void (fail = reject)) })
      const one = await row(B)
      fireEvent.click(within(one).getByRole('button', { name: /闪灯/ }))
      expect(within(one).getByText('正在闪灯…')).toBeTruthy()
      await vi.advanceTimersByTimeAsync(3000)
      expect(await within(one).findByText(/超过 3 秒没有回应/)).toBeTruthy()
      fail(new SitedeskError('CHARGER_UNREACHABLE', 'busy', { reason: 'unreachable', name: B }))
      expect(await within(one).findByText(/听得到但连不上/)).toBeTruthy()
    } finally {
      vi.useRealTimers()
    }
  })

  it('tells what the digit of the charger means', async () => {
    open({ 'chargers.command': () => ({ status: 1, reply: '@OK|1&', exchange: [] }) })
    fireEvent.click(within(await row(B)).getByRole('button', { name: /闪灯/ }))
    expect(await within(await row(B)).findByText(/没有做成/)).toBeTruthy()
  })
})

describe('the radio', () => {
  const off = { state: 'off', reason: 'switchedOff', detail: 'poweredOff', adapter: 'system' } as const

  it('says what is wrong and the cure, and is tried again on demand', async () => {
    let radio: object = off
    const page = open({
      'chargers.nearby': () => ({ ...nearby([]), radio }),
      'chargers.radio': () => (radio = { ...off, state: 'ready', reason: null }),
    })
    const banner = await screen.findByRole('alert')
    expect(within(banner).getByText('蓝牙已关闭')).toBeTruthy()
    await userEvent.click(within(banner).getByRole('button', { name: '再试一次' }))
    expect(page.calls).toContainEqual({ operation: 'chargers.radio', input: { retry: true } })
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  it('that works and hears no charger brings help', async () => {
    open({ 'chargers.nearby': () => nearby([]) })
    expect(await screen.findByText('还没有听到充电器')).toBeTruthy()
    expect(screen.getByText(/正听到 5 个其他设备/)).toBeTruthy()
  })
})

describe('a label that is scanned', () => {
  const scan = (text: string) => {
    let timeStamp = 1000
    const strike = (key: string) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: (timeStamp += 10) })
      window.dispatchEvent(event)
    }
    for (const key of text) strike(key)
    strike('Enter')
  }

  it('leads to its charger on the air', async () => {
    open()
    await row(A)
    scan('http://127.0.0.1/q?deviceCode=60010001')
    await waitFor(() => expect(here()).toBe(`/chargers/${A}`))
  })

  it('leads to its charger in the registry when it is not heard', async () => {
    open({ 'devices.get': () => ({ btName: 'BUC_DDDDDDDDDDDD' }) })
    await row(A)
    scan('60010009')
    await waitFor(() => expect(here()).toBe('/chargers/BUC_DDDDDDDDDDDD'))
  })

  it('that nobody knows says so', async () => {
    open({
      'devices.get': () => {
        throw new SitedeskError('NOT_FOUND', 'no such charger')
      },
    })
    await row(A)
    scan('69999999')
    expect(await screen.findByText(/编号 69999999 还没有登记/)).toBeTruthy()
    expect(here()).toBe('/')
  })

  it('into the search box leaves no filter behind, and the notice stays', async () => {
    open({
      'devices.get': () => {
        throw new SitedeskError('NOT_FOUND', 'no such charger')
      },
    })
    await row(A)
    vi.useFakeTimers({ shouldAdvanceTime: true })
    try {
      await userEvent.setup({ delay: null }).type(screen.getByRole('textbox'), '69999999{Enter}')
      expect(await screen.findByText(/编号 69999999 还没有登记/)).toBeTruthy()
      expect(screen.getByRole('textbox')).toHaveProperty('value', '')
      // longer than typing waits for its filter
      await vi.advanceTimersByTimeAsync(500)
    } finally {
      vi.useRealTimers()
    }
    expect(screen.getByText(/编号 69999999 还没有登记/)).toBeTruthy()
    expect(screen.getByText(B)).toBeTruthy()
  })
})
