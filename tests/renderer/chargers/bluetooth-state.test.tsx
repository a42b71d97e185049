import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import type { Role } from '#shared/contract/define.ts'
import { StatusBar } from '../../../src/renderer/app/status-bar.tsx'
import { BluetoothState } from '../../../src/renderer/features/settings/BluetoothState.tsx'
import { HELLO, renderPart } from '../render.tsx'

const status = (bluetooth: object) => ({
  version: '0',
  now: HELLO.now,
  demo: false,
  dataDir: '',
  sources: [],
  runningJobs: 0,
  problems: [],
  lan: { state: 'off', url: null },
  bluetooth,
})

const bar = (bluetooth: object, role: Role = 'installer') =>
  renderPart(<StatusBar />, {
    hello: { ...HELLO, operator: { id: '1', name: '张三', roles: [role] } },
    answers: {
      'system.status': () => status(bluetooth),
      'jobs.list': () => ({ total: 0, rows: [] }),
    },
  })

describe('Bluetooth in the status bar', () => {
  it('leads to the page with the cure', async () => {
    bar({ state: 'off', reason: 'switchedOff' })
    const link = await screen.findByRole('link', { name: '蓝牙 已关闭' })
    expect(link.getAttribute('href')).toBe('/chargers')
    expect(link.querySelector('[data-tone]')?.getAttribute('data-tone')).toBe('attention')
  })

  it('is no fault while nobody needed it', async () => {
    bar({ state: 'unknown', reason: null })
    const link = await screen.findByRole('link', { name: '蓝牙 未使用' })
    expect(link.querySelector('[data-tone]')?.getAttribute('data-tone')).toBe('neutral')
  })

  it('is no link for those who may not open that page', async () => {
    bar({ state: 'ready', reason: null }, 'cashier')
    expect(await screen.findByText('蓝牙 可用')).toBeTruthy()
    expect(screen.queryByRole('link')).toBeNull()
  })
})

it('is opened and asked again from the settings', async () => {
  const none = { state: 'unavailable', reason: 'noAdapter', detail: null, adapter: 'system' }
  let radio: object = none
  const page = renderPart(<BluetoothState />, {
    answers: {
      'chargers.radio': ({ retry }: { retry?: boolean }) => {
        if (retry) radio = { ...none, state: 'ready', reason: null }
        return radio
      },
    },
  })
  expect(await screen.findByText('不可用 · 没有找到蓝牙适配器')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '检查蓝牙' }))
  expect(await screen.findByText('可用')).toBeTruthy()
  expect(page.calls).toContainEqual({ operation: 'chargers.radio', input: { retry: true } })
})
