import { act, screen, waitFor } from '@testing-library/react'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RechargeDesk } from '../../../src/renderer/features/recharge/desk/RechargeDesk.tsx'
import { SLIP_MS } from '../../../src/renderer/features/recharge/desk/use-desk-keys.ts'
import { SitedeskError } from '../../../src/shared/errors.ts'
import type { Answers } from '../fake-client.ts'
import { renderPart } from '../render.tsx'
import { FOUND, intent, receipt, ROOM } from './fixtures.ts'

interface Created {
  intentId: string
  amountFen: number
  tender: string
  confirmedDuplicate?: boolean
  confirmedLarge?: boolean
}

const print = vi.fn<() => void>()
let user: UserEvent

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) })
  localStorage.clear()
  print.mockReset()
  vi.stubGlobal('print', print)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function openDesk(answers: Answers = {}, url = '/recharge', beside?: ReactNode) {
  const part = (
    <>
      <RechargeDesk />
      {beside}
    </>
  )
  return renderPart(part, {
    url,
    answers: {
      'rooms.search': () => FOUND,
      'rooms.get': () => ROOM,
      'rooms.refresh': () => ROOM,
      'recharge.list': () => ({ total: 0, rows: [], appliedFen: 0 }),
      'shifts.current': () => ({ shift: null }),
      'receipts.list': () => ({ total: 0, rows: [] }),
      'recharge.create': ({ intentId }: Created) => ({ id: intentId, outTradeNo: 'SD1', state: 'DRAFT' }),
      'recharge.get': ({ id }: { id: string }) => intent(id, 'APPLIED'),
      'receipts.get': () => receipt(),
      'receipts.printed': ({ ok }: { ok: boolean }) => receipt({ state: ok ? 'printed' : 'waiting' }),
      ...answers,
    },
  })
}

const box = () => screen.getByRole<HTMLInputElement>('combobox', { name: /房间/ })
const post = () => screen.getByRole<HTMLButtonElement>('button', { name: /入账/ })
const created = (page: ReturnType<typeof openDesk>) =>
  page.calls.filter(({ operation }) => operation === 'recharge.create').map(({ input }) => input as Created)
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

/** From the empty search to the sheet that can be confirmed. */
async function toSheet(amount = '50') {
  await user.type(box(), 'd102')
  await screen.findByRole('option')
  await user.keyboard('{Enter}')
  await screen.findByLabelText('金额（元）')
  await user.keyboard(`${amount}{Enter}`)
  await screen.findByRole('dialog')
}

describe('a sale by keys', () => {
  it('takes four Enters and ends with the cursor in the empty search box', async () => {
    const page = openDesk()
    expect(document.activeElement).toBe(box())
    await toSheet()
    expect(screen.getByRole('dialog').textContent).toContain('东区 / 1号楼 / 102')
    expect(screen.getByRole('dialog').textContent).toContain('伍拾元整')
    await pass(SLIP_MS)
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.getByRole('heading', { name: '成功' })).toBeTruthy())
    expect(created(page)).toEqual([
      {
        intentId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        roomId: 'r102',
        amountFen: 5000,
        tender: 'cash',
      },
    ])
    expect(document.activeElement).toBe(box())
    expect(box().value).toBe('')
  })

  it('ignores a second Enter within 800 ms, and posts once however often it is pressed', async () => {
    let answer: (value: unknown) => void = () => undefined
    const page = openDesk({ 'recharge.create': () => new Promise((resolve) => (answer = resolve)) })
    await toSheet()
    await user.keyboard('{Enter}{Enter}')
    expect(created(page)).toEqual([])
    expect(post().disabled).toBe(true)
    await pass(SLIP_MS)
    await user.keyboard('{Enter}{Enter}{Enter}')
    expect(created(page)).toHaveLength(1)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /正在保存/ }).disabled).toBe(true)
    answer({ id: created(page)[0]?.intentId, outTradeNo: 'SD1', state: 'DRAFT' })
    await screen.findByRole('heading', { name: '成功' })
    await user.keyboard('{Enter}{Enter}')
    expect(created(page)).toHaveLength(1)
  })

  it('goes back one step with each Esc', async () => {
    openDesk()
    await toSheet()
    await user.keyboard('{Escape}')
    expect(screen.getByLabelText<HTMLInputElement>('金额（元）').value).toBe('50')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(document.activeElement).toBe(box()))
    expect(box().value).toBe('d102')
    await user.keyboard('{Escape}')
    expect(box().value).toBe('')
  })

  it('changes how it is paid with F2 and remembers it', async () => {
    openDesk()
    await user.keyboard('{F2}')
    expect(localStorage.getItem('sitedesk.recharge.tender')).toBe('card')
    await toSheet()
    expect(screen.getByRole('dialog').textContent).toContain('刷卡')
  })

  it('says what is wrong with an amount and stays', async () => {
    openDesk()
    await user.type(box(), 'd102')
    await screen.findByRole('option')
    await user.keyboard('{Enter}')
    await screen.findByLabelText('金额（元）')
    await user.keyboard('1.005{Enter}')
    expect(screen.getByText('最多两位小数。')).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('steps through last and quick amounts with the arrows', async () => {
    openDesk()
    await user.type(box(), 'd102')
    await screen.findByRole('option')
    await user.keyboard('{Enter}')
    await screen.findByLabelText('金额（元）')
    await user.keyboard('{ArrowDown}')
    expect(screen.getByLabelText<HTMLInputElement>('金额（元）').value).toBe('80')
  })

  it('chooses no room that cannot be recharged', async () => {
    const [row] = FOUND.rows
    openDesk({ 'rooms.search': () => ({ ...FOUND, rows: [{ ...row, level: 102, selectable: false }] }) })
    await user.type(box(), 'd1')
    await screen.findByRole('option')
    await user.keyboard('{Enter}')
    expect(screen.queryByLabelText('金额（元）')).toBeNull()
    expect(screen.getByText('不是房间，不能充值')).toBeTruthy()
  })
})

describe('the ends', () => {
  const finish = async () => {
    await toSheet()
    await pass(SLIP_MS)
    await user.keyboard('{Enter}')
  }

  it('failed: nothing was posted, and why', async () => {
    const events = [
      {
        at: 1,
        state: 'REJECTED',
        code: 'rejected',
        data: { message: 'userBalanceQuery answered 1002: 账号不存在' },
        operator: null,
      },
    ]
    openDesk({ 'recharge.get': ({ id }: { id: string }) => ({ ...intent(id, 'REJECTED'), events }) })
    await finish()
    const end = (await screen.findByRole('heading', { name: '失败' })).closest('section')
    expect(end?.dataset['end']).toBe('failed')
    expect(end?.textContent).toContain('没有入账')
    expect(end?.textContent).toContain('对方拒绝：账号不存在 · 1002')
    expect(print).not.toHaveBeenCalled()
  })

  it('to be verified: what happens next and when, and not to do it again', async () => {
    openDesk({ 'recharge.get': ({ id }: { id: string }) => intent(id, 'UNKNOWN') })
    await finish()
    const end = (await screen.findByRole('heading', { name: '待核实' })).closest('section')
    expect(end?.dataset['end']).toBe('unknown')
    expect(end?.textContent).toContain('不要再充一次')
    expect(end?.textContent).toContain('60 分钟后自动再问对方系统')
    expect(print).not.toHaveBeenCalled()
  })

  it('posted: prints the receipt once and says so to the core', async () => {
    const page = openDesk()
    await finish()
    await screen.findByText('已交给浏览器打印')
    expect(print).toHaveBeenCalledOnce()
    expect(page.calls.filter(({ operation }) => operation === 'receipts.printed')).toEqual([
      { operation: 'receipts.printed', input: { id: 'rc1', ok: true } },
    ])
    expect(document.querySelector('.sd-print')).toBeNull()
  })

  it('a printer that fails leaves the sale good and the receipt in the list', async () => {
    print.mockImplementation(() => {
      throw new Error('no printer')
    })
    const page = openDesk()
    await finish()
    await screen.findByText('收据没有打出来，已放进待打印')
    expect(screen.getByRole('heading', { name: '成功' })).toBeTruthy()
    expect(page.calls.filter(({ operation }) => operation === 'receipts.printed')).toEqual([
      { operation: 'receipts.printed', input: { id: 'rc1', ok: false, reason: 'failed' } },
    ])
  })

  it('keeps a sale without an outcome in sight while the next is typed', async () => {
    const open: string[] = []
    openDesk({
      'recharge.create': ({ intentId }: Created) => {
        open.push(intentId)
        return { id: intentId, outTradeNo: 'SD1', state: 'DRAFT' }
      },
      'recharge.list': () => ({ total: 1, rows: open.map((id) => intent(id, 'UNKNOWN')), appliedFen: 0 }),
      'recharge.get': ({ id }: { id: string }) => intent(id, 'UNKNOWN'),
    })
    await finish()
    await screen.findByRole('heading', { name: '待核实' })
    await pass(5500)
    expect(screen.queryByRole('button', { name: /1号楼 \/ 102/ })).toBeNull()
    await user.keyboard('d1')
    expect(await screen.findByRole('button', { name: /1号楼 \/ 102/ })).toBeTruthy()
  })

  it('follows a sale to its end while the next is typed', async () => {
    let state: 'SENT' | 'APPLIED' = 'SENT'
    openDesk({ 'recharge.get': ({ id }: { id: string }) => intent(id, state) })
    await finish()
    await screen.findByRole('heading', { name: '正在充值' })
    await user.keyboard('d1')
    state = 'APPLIED'
    await pass(2500)
    await waitFor(() => expect(print).toHaveBeenCalledOnce())
  })
})

describe('refusals', () => {
  /** Refuses the first call with `code`, takes the second. */
  const once = (code: 'SHIFT_NOT_OPEN' | 'DUPLICATE_SUSPECTED' | 'AMOUNT_TOO_LARGE' | 'CONNECTION_LOST') => {
    let refused = false
    return ({ intentId }: Created) => {
      if (refused) return { id: intentId, outTradeNo: 'SD1', state: 'DRAFT' }
      refused = true
      throw new SitedeskError(code, 'refused', {
        limitFen: 4000,
        createdAt: 0,
        amountFen: 5000,
        state: 'APPLIED',
      })
    }
  }
  const refuse = async (code: Parameters<typeof once>[0], answers: Answers = {}) => {
    const page = openDesk({ 'recharge.create': once(code), ...answers })
    await toSheet()
    await pass(SLIP_MS)
    await user.keyboard('{Enter}')
    await screen.findByRole('alertdialog')
    return page
  }
  const same = (page: ReturnType<typeof openDesk>) =>
    new Set(created(page).map(({ intentId }) => intentId)).size

  it('no shift: opens it right there, then the sheet again under the same number', async () => {
    const page = await refuse('SHIFT_NOT_OPEN', { 'shifts.open': () => ({}) })
    await user.keyboard('200{Enter}')
    await screen.findByRole('dialog')
    expect(page.calls).toContainEqual({ operation: 'shifts.open', input: { cashFloatFen: 20_000 } })
    await pass(SLIP_MS)
    await user.keyboard('{Enter}')
    await screen.findByRole('heading', { name: '成功' })
    expect(created(page)).toHaveLength(2)
    expect(same(page)).toBe(1)
  })

  it('suspected repeat: Enter does nothing, only F8 means it', async () => {
    const page = await refuse('DUPLICATE_SUSPECTED')
    expect(screen.getByRole('alertdialog').textContent).toContain(
      '最近的一笔：1970-01-01 08:00:00，¥50.00，成功',
    )
    await pass(SLIP_MS)
    await user.keyboard('{Enter}{Enter}')
    expect(created(page)).toHaveLength(1)
    await user.keyboard('{F8}')
    await screen.findByRole('heading', { name: '成功' })
    expect(created(page)[1]).toMatchObject({ confirmedDuplicate: true })
    expect(same(page)).toBe(1)
  })

  it('large amount: typed a second time, and the same', async () => {
    const page = await refuse('AMOUNT_TOO_LARGE')
    await user.keyboard('60{Enter}')
    expect(screen.getByText('两次金额不一致。')).toBeTruthy()
    expect(created(page)).toHaveLength(1)
    await user.keyboard('{Backspace}{Backspace}50{Enter}')
    await screen.findByRole('heading', { name: '成功' })
    expect(created(page)[1]).toMatchObject({ confirmedLarge: true, amountFen: 5000 })
  })

  it('stopped account: says so, and offers no try that would be refused again (F-04)', async () => {
    const page = openDesk({
      'recharge.create': () => {
        throw new SitedeskError('UPSTREAM_REFUSED', 'Refused.', { source: 'campus', reason: 'stopped' })
      },
    })
    await toSheet()
    await pass(SLIP_MS)
    await user.keyboard('{Enter}')
    const sheet = await screen.findByRole('alertdialog')
    expect(sheet.textContent).toContain('不接受本站账号')
    await pass(SLIP_MS)
    await user.keyboard('{Enter}')
    expect(created(page)).toHaveLength(1)
  })

  it('lost connection: tried again under the same number', async () => {
    const page = await refuse('CONNECTION_LOST')
    await pass(SLIP_MS)
    await user.keyboard('{Enter}')
    await screen.findByRole('heading', { name: '成功' })
    expect(created(page)).toHaveLength(2)
    expect(same(page)).toBe(1)
  })
})

describe('a link for one room', () => {
  function Place() {
    const { pathname, search } = useLocation()
    return <output data-testid="place">{pathname + search}</output>
  }
  const place = () => screen.getByTestId('place').textContent

  it('opens it for its amount, and the address says no more of it', async () => {
    const page = openDesk({}, '/recharge?room=r102', <Place />)
    const amount = await screen.findByLabelText('金额（元）')
    expect(page.calls).toContainEqual({ operation: 'rooms.get', input: { roomId: 'r102' } })
    expect(document.activeElement).toBe(amount)
    expect(place()).toBe('/recharge')
  })

  it('chooses it once: Esc leads to the search, and the room does not come back', async () => {
    openDesk({}, '/recharge?room=r102')
    await screen.findByLabelText('金额（元）')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(document.activeElement).toBe(box()))
    await pass(1000)
    expect(screen.queryByLabelText('金额（元）')).toBeNull()
  })
})

describe('after a reload', () => {
  it('shows sales without an outcome at the side, and each on a click', async () => {
    openDesk({
      'recharge.list': () => ({ total: 1, rows: [intent('old', 'UNKNOWN')], appliedFen: 0 }),
      'recharge.get': ({ id }: { id: string }) => intent(id, 'UNKNOWN'),
    })
    await user.click(await screen.findByRole('button', { name: /1号楼 \/ 102/ }))
    await screen.findByRole('heading', { name: '待核实' })
  })
})
