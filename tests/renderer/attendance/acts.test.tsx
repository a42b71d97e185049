import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useLocation } from 'react-router'
import { describe, expect, it } from 'vitest'
import { HOUR } from '#shared/time.ts'
import { CorrectionActs } from '../../../src/renderer/features/attendance/corrections/CorrectionActs.tsx'
import { EndSheet } from '../../../src/renderer/features/attendance/gang/EndSheet.tsx'
import { Members } from '../../../src/renderer/features/attendance/projects/Members.tsx'
import { NewProject } from '../../../src/renderer/features/attendance/projects/NewProject.tsx'
import { OwnerActs } from '../../../src/renderer/features/attendance/projects/OwnerActs.tsx'
import { RecordActs } from '../../../src/renderer/features/attendance/records/RecordActs.tsx'
import { recordsInput } from '../../../src/renderer/features/attendance/records/list-input.ts'
import { renderPart } from '../render.tsx'
import { clerk, correction, gangRow, NOW, project, record, WORKER } from './fixtures.ts'

const inputsOf = (page: ReturnType<typeof renderPart>, operation: string) =>
  page.calls.filter((call) => call.operation === operation).map(({ input }) => input)
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name })
const done = () => ({ ok: true })
const nothing = () => undefined
const Where = () => <output>{useLocation().pathname}</output>

describe('a project', () => {
  it('is made by its name, without blanks around it', async () => {
    const made: string[] = []
    const page = renderPart(<NewProject open onDone={(id) => made.push(id)} onClose={nothing} />, {
      answers: { 'attendance.newProject': () => project({ projectId: '9' }) },
    })
    expect(button('新建').disabled).toBe(true)
    await userEvent.type(screen.getByLabelText('项目'), ' 三号楼 {Enter}')
    await waitFor(() => expect(made).toEqual(['9']))
    expect(inputsOf(page, 'attendance.newProject')).toEqual([{ projectName: '三号楼' }])
  })

  it('gets a keeper from its owner, with a whole phone', async () => {
    const page = renderPart(<OwnerActs project={project({ roles: ['owner'] })} />, {
      answers: { 'attendance.setKeeper': () => project() },
    })
    await userEvent.click(button('指定考勤员'))
    await userEvent.type(screen.getByLabelText('姓名'), '新考勤员')
    await userEvent.type(screen.getByLabelText('手机号'), '1380000{Enter}')
    expect(screen.getByText('手机号须为 1 开头的 11 位数字')).toBeTruthy()
    expect(inputsOf(page, 'attendance.setKeeper')).toEqual([])
    await userEvent.type(screen.getByLabelText('手机号'), '0005{Enter}')
    const input = { projectId: '1', keeper: '13800000005', keeperName: '新考勤员' }
    await waitFor(() => expect(inputsOf(page, 'attendance.setKeeper')).toEqual([input]))
  })

  it('is deleted by its owner, who is told what still waits there', async () => {
    const page = renderPart(
      <>
        <OwnerActs project={project({ roles: ['owner'], pending: 2 })} />
        <Where />
      </>,
      { answers: { 'attendance.deleteProject': done }, url: '/attendance/projects/1' },
    )
    await userEvent.click(button('删除项目'))
    expect(document.querySelector('.ant-modal')?.textContent).toContain('待确认2')
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('/attendance'))
    expect(inputsOf(page, 'attendance.deleteProject')).toEqual([{ projectId: '1' }])
  })

  it('is only read by whoever does not own it', () => {
    renderPart(<OwnerActs project={project({ roles: ['keeper'] })} />)
    expect([button('删除项目').disabled, button('指定考勤员').disabled]).toEqual([true, true])
  })
})

describe('people of a project', () => {
  const member = { user: WORKER, userName: '工人甲', addedAt: NOW, removedAt: null, known: true }
  const open = (roles: ('owner' | 'keeper')[], hello = clerk) =>
    renderPart(<Members project={project({ roles })} />, {
      hello,
      answers: {
        'attendance.members': () => ({ total: 1, rows: [member] }),
        'attendance.addMember': done,
        'attendance.deleteMember': done,
      },
    })

  it('are added by the keeper, one by one or from a sheet', async () => {
    const page = open(['keeper'])
    expect(button('导入考勤人').disabled).toBe(false)
    await userEvent.click(button('加考勤人'))
    await userEvent.type(screen.getByLabelText('姓名'), '乙')
    await userEvent.type(screen.getByLabelText('手机号'), '13800000006{Enter}')
    const input = { projectId: '1', user: '13800000006', userName: '乙' }
    await waitFor(() => expect(inputsOf(page, 'attendance.addMember')).toEqual([input]))
  })

  it('are removed by the keeper, after a second look', async () => {
    const page = open(['keeper'])
    await userEvent.click(await screen.findByText('工人甲'))
    await userEvent.click(await screen.findByRole('button', { name: '移出项目' }))
    expect(inputsOf(page, 'attendance.deleteMember')).toEqual([])
    await userEvent.keyboard('{Enter}')
    await waitFor(() =>
      expect(inputsOf(page, 'attendance.deleteMember')).toEqual([{ projectId: '1', user: WORKER }]),
    )
  })

  it("are the keeper's alone; the owner, a cashier here, does not import either", () => {
    open(['owner'])
    expect(button('加考勤人').disabled).toBe(true)
    expect(screen.queryByRole('button', { name: '导入考勤人' })).toBeNull()
  })
})

describe('a correction of the keeper', () => {
  it('sends only what was typed anew, and can be taken back', async () => {
    const page = renderPart(<RecordActs record={record()} />, {
      answers: {
        'attendance.project': () => project({ roles: ['keeper'] }),
        'attendance.newCorrection': () => correction(),
      },
    })
    await userEvent.click(await screen.findByRole('button', { name: '提出修改' }))
    const sure = () => screen.getAllByRole<HTMLButtonElement>('button', { name: '提出修改' }).at(-1)
    expect(sure()?.disabled).toBe(true)
    const to = screen.getByLabelText('新的下班时间')
    await userEvent.clear(to)
    await userEvent.type(to, '02-30 10:00')
    expect(sure()?.disabled).toBe(true)
    await userEvent.clear(to)
    await userEvent.type(to, '02-28 17:00')
    await userEvent.type(screen.getByLabelText('为什么要改'), '漏了一小时{Enter}')
    const input = { recordId: '7', checkOutAt: NOW - 19 * HOUR, note: '漏了一小时' }
    await waitFor(() => expect(inputsOf(page, 'attendance.newCorrection')).toEqual([input]))
  })

  it('is taken back by the side that asked', async () => {
    const waitsFor = { side: 'worker', phone: WORKER, name: '工人甲' } as const
    const mine = correction({ byRole: 'keeper', waitsFor, mayDecide: false, mayWithdraw: true })
    const page = renderPart(<CorrectionActs correction={mine} locked={false} />, {
      answers: { 'attendance.withdrawCorrection': () => correction({ state: 'withdrawn' }) },
    })
    expect([button('同意修改').disabled, button('不同意').disabled]).toEqual([true, true])
    await userEvent.click(button('撤回'))
    await userEvent.keyboard('{Enter}')
    await waitFor(() =>
      expect(inputsOf(page, 'attendance.withdrawCorrection')).toEqual([{ correctionId: '3' }]),
    )
  })
})

describe('the end of a long shift', () => {
  it('is recorded after a second yes, for those alone that were refused as long', async () => {
    const refused = { recordId: '7', ok: false, reason: 'longShift', text: '班次时间过长，请确认' }
    const fine = { recordId: '8', ok: true, reason: null, text: '' }
    const short = gangRow({
      user: '13800000004',
      userName: '工人乙',
      recordId: '8',
      checkInAt: NOW - 8 * HOUR,
    })
    const page = renderPart(
      <EndSheet rows={[gangRow(), short]} others={0} onDone={nothing} onClose={nothing} />,
      {
        answers: {
          'attendance.checkOuts': ({ confirmLong }: { confirmLong?: boolean }) => ({
            results: confirmLong ? [{ ...refused, ok: true, reason: null }] : [refused, fine],
          }),
        },
      },
    )
    await userEvent.click(button('登记下班 2 人'))
    expect(await screen.findByText('班次过长，须再确认一次')).toBeTruthy()
    await userEvent.click(button('1 个长班次无误，登记下班'))
    await waitFor(() =>
      expect(inputsOf(page, 'attendance.checkOuts')).toEqual([
        { recordIds: ['7', '8'] },
        { recordIds: ['7'], confirmLong: true },
      ]),
    )
    await waitFor(() => expect(screen.queryByText('班次过长，须再确认一次')).toBeNull())
  })
})

describe('records by a name, and those that are forgotten', () => {
  it('are asked for by the filters of the address', () => {
    const of = (values: Record<string, string>) => recordsInput(values, 8 * HOUR)
    expect(of({ user: ' 张 ' })).toEqual({ query: '张' })
    expect(of({ user: '1380000' })).toEqual({ query: '1380000' })
    expect(of({ user: WORKER, project: '1' })).toEqual({ user: WORKER, projectId: '1' })
    expect(of({ state: 'forgotten' })).toEqual({ waiting: 'forgotten' })
    expect(of({ state: 'late' })).toEqual({ waiting: 'late' })
    expect(of({ state: 'closed' })).toEqual({ states: ['closed'] })
    expect(of({ state: 'nonsense', user: '  ' })).toEqual({})
  })
})
