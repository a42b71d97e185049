import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { RecordActions } from '../../../src/renderer/features/recharge/records/RecordActions.tsx'
import { SitedeskError } from '../../../src/shared/errors.ts'
import { renderPart } from '../render.tsx'
import { intent, NOW } from './fixtures.ts'

const sale = (more = {}) => intent('i1', 'APPLIED', more)
const requestedBy = (name: string) =>
  sale({
    refund: {
      id: 'f1',
      intentId: 'i1',
      reason: '充错了房间',
      requestedBy: name,
      requestedAt: NOW,
      state: 'requested',
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
      postedNote: null,
      postedBy: null,
      postedAt: null,
    },
  })

function open(data: ReturnType<typeof sale>, refuse?: SitedeskError) {
  const answer = () => {
    if (refuse) throw refuse
    return data
  }
  const page = renderPart(<RecordActions intent={data} />, {
    answers: {
      'recharge.requestRefund': answer,
      'recharge.decideRefund': answer,
    },
  })
  return {
    sent: (operation: string) =>
      page.calls.filter((call) => call.operation === operation).map(({ input }) => input),
  }
}
const submit = () => screen.getByRole<HTMLButtonElement>('button', { name: '提交' })
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

describe('a refund', () => {
  it('is requested alone; the supervisor decides later', async () => {
    const { sent } = open(sale())
    await press('申请退款')
    await userEvent.type(screen.getByLabelText(/^理由/), '充错了房间')
    await userEvent.click(submit())
    await waitFor(() => expect(sent('recharge.requestRefund')).toEqual([{ id: 'i1', reason: '充错了房间' }]))
  })

  it('is approved on the spot by name and PIN; half of them sends nothing', async () => {
    const { sent } = open(sale())
    await press('申请退款')
    await userEvent.type(screen.getByLabelText(/^理由/), '充错了房间')
    await userEvent.type(screen.getByLabelText('主管姓名'), ' 李四 ')
    expect(submit().disabled).toBe(true)
    await userEvent.type(screen.getByLabelText('主管 PIN'), '246810{Enter}')
    await waitFor(() =>
      expect(sent('recharge.requestRefund')).toEqual([
        { id: 'i1', reason: '充错了房间', second: { name: '李四', pin: '246810' } },
      ]),
    )
  })

  it('that one requested oneself cannot be decided without another', async () => {
    const { sent } = open(requestedBy('张三'))
    await press('审批退款')
    expect(screen.getByText('自己申请的要由另一位主管决定：在这里输入姓名和 PIN。')).toBeTruthy()
    expect(submit().disabled).toBe(true)
    await userEvent.type(screen.getByLabelText(/意见/), '同意')
    await userEvent.type(screen.getByLabelText('主管姓名'), '李四')
    await userEvent.type(screen.getByLabelText('主管 PIN'), '246810')
    await userEvent.click(submit())
    await waitFor(() =>
      expect(sent('recharge.decideRefund')).toEqual([
        { id: 'i1', approve: true, reason: '同意', second: { name: '李四', pin: '246810' } },
      ]),
    )
  })

  it('that somebody else requested is decided alone', async () => {
    open(requestedBy('李四'))
    await press('审批退款')
    expect(screen.queryByLabelText('主管 PIN')).toBeNull()
    expect(submit().disabled).toBe(false)
  })

  it('refused by the core says why, and what was typed stays', async () => {
    open(sale(), new SitedeskError('PIN_WRONG', 'wrong PIN'))
    await press('申请退款')
    await userEvent.type(screen.getByLabelText(/^理由/), '充错了房间')
    await userEvent.type(screen.getByLabelText('主管姓名'), '李四')
    await userEvent.type(screen.getByLabelText('主管 PIN'), '000000')
    await userEvent.click(submit())
    await screen.findByRole('alert')
    expect(screen.getByLabelText<HTMLTextAreaElement>(/^理由/).value).toBe('充错了房间')
  })
})
