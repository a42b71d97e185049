import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes, useLocation } from 'react-router'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Judged } from '../../../src/renderer/features/provisioning/draft.ts'
import { NewRun } from '../../../src/renderer/features/provisioning/NewRun.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'
import { NAMES } from './fixtures.ts'

const [A, B, C] = NAMES
const Where = () => <output>{useLocation().pathname}</output>

/** As the core judges: a name, a code, or a code and a name. */
function judge({ lines }: { lines: string[] }) {
  const rows = lines.flatMap((text, i): Judged[] => {
    if (text === '') return []
    const words = text.split(' ')
    const name = words.find((word) => word.startsWith('BUC_')) ?? null
    const deviceCode = words.find((word) => /^\d{1,8}$/.test(word)) ?? null
    const state = deviceCode === null ? 'badCode' : name === null ? 'noName' : 'ready'
    return [{ line: i + 1, text, deviceCode, name, alias: '', state, manager: null, registered: false }]
  })
  return { rows, unexpected: [] }
}
const found = (name: string, rssi: number) => ({
  name,
  chipId: name.slice(4),
  rssi,
  lastSeenAt: HELLO.now,
  ambiguous: false,
  deviceCode: null,
  alias: null,
  heldBy: null,
})

const open = (url: string, change: Answers = {}) =>
  renderPart(
    <>
      <Routes>
        <Route path="/chargers/runs/new" element={<NewRun />} />
        <Route path="*" element={null} />
      </Routes>
      <Where />
    </>,
    {
      url,
      answers: {
        'provisioning.expected': judge,
        'chargers.nearby': () => ({
          radio: { state: 'ready', reason: null, detail: null, adapter: 'demo' },
          listening: true,
          now: HELLO.now,
          found: [found(A, -50), found(C, -70)],
          strangers: 0,
        }),
        'devices.list': () => ({ total: 1, rows: [{ deviceCode: '60010025' }] }),
        'provisioning.start': () => ({ id: 'r9' }),
        ...change,
      },
    },
  )
const begin = () => screen.getByRole<HTMLButtonElement>('button', { name: /开始安装/ })

beforeEach(() => sessionStorage.clear())

describe('a new run', () => {
  it('from the scan: numbers what has no code, and begins with what stands there', async () => {
    const page = open(`/chargers/runs/new?names=${A},${B}`)
    expect(await screen.findAllByText('缺编号')).toHaveLength(2)
    expect(begin().disabled).toBe(true)
    await userEvent.click(await screen.findByRole('button', { name: '依次编号' }))
    expect(await screen.findAllByText('可以安装')).toHaveLength(2)
    await userEvent.type(screen.getByLabelText('名称 2'), '东门')
    await userEvent.click(screen.getByLabelText('4 号口'))
    await userEvent.click(begin())
    await waitFor(() => expect(screen.getByText('/chargers/runs/r9')).toBeTruthy())
    const [sent] = page.calls.filter(({ operation }) => operation === 'provisioning.start')
    expect(sent?.input).toEqual({
      devices: [
        { name: A, deviceCode: '60010026' },
        { name: B, deviceCode: '60010027', alias: '东门' },
      ],
      testPorts: [1, 2, 3],
      site: '测试园区',
      installer: '张三',
    })
  })

  it('takes each line of a scanner, and lets a code without a name be matched to one nearby', async () => {
    open('/chargers/runs/new')
    await userEvent.type(
      await screen.findByLabelText('扫码枪'),
      '60010007{Enter}60010008 BUC_00000000000B{Enter}',
    )
    expect(await screen.findByText('缺蓝牙名称')).toBeTruthy()
    expect(await screen.findByText('可以安装')).toBeTruthy()
    await userEvent.click(screen.getByRole('combobox', { name: '选一台附近的' }))
    await userEvent.click(await screen.findByTitle(C))
    expect(await screen.findAllByText('可以安装')).toHaveLength(2)
    expect(begin().disabled).toBe(false)
  })

  it('keeps its list over a reload', async () => {
    const first = open('/chargers/runs/new')
    await userEvent.click(await screen.findByRole('button', { name: `加入 ${A}` }))
    await screen.findByText('缺编号')
    first.unmount()
    open('/chargers/runs/new')
    expect(await screen.findByText('清单（1 台）')).toBeTruthy()
  })

  it('goes down the codes by Enter, as a scanner types', async () => {
    open(`/chargers/runs/new?names=${A},${B}`)
    await userEvent.click(await screen.findByLabelText('编号 1'))
    await userEvent.keyboard('1{Enter}2')
    expect(screen.getByLabelText<HTMLInputElement>('编号 2').value).toBe('2')
  })
})
