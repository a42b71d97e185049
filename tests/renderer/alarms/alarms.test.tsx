import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { ALARM_RULES } from '#shared/alarms.ts'
import type { AlarmRow } from '#shared/contract/alarms.ts'
import { AlarmsPage } from '../../../src/renderer/features/alarms/AlarmsPage.tsx'
import { listInput } from '../../../src/renderer/features/alarms/list-input.ts'
import { subjectPath } from '../../../src/renderer/features/alarms/paths.ts'
import { changesOf, draftOf, isOrdered, typedAs } from '../../../src/renderer/features/alarms/rule-values.ts'
import type { RuleRow } from '../../../src/renderer/features/alarms/RulesPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const alarm = (n: number, change: Partial<AlarmRow> = {}): AlarmRow => ({
  id: `a${n}`,
  rule: 'portBroken',
  subject: `6001000${n}:1`,
  name: `竹园${n}栋 #1`,
  members: 0,
  digestId: null,
  severity: 'warning',
  level: 1,
  state: 'raised',
  value: null,
  figure: null,
  holds: true,
  raisedAt: HELLO.now,
  changedAt: HELLO.now,
  acknowledgedAt: null,
  acknowledgedBy: null,
  clearedAt: null,
  clearedBy: null,
  snoozedUntil: null,
  assignee: null,
  ...change,
})

const open = (roles: readonly string[] = ['admin'], change: Answers = {}) =>
  renderPart(<AlarmsPage />, {
    url: '/alarms?severity=warning',
    hello: { ...HELLO, operator: { id: '1', name: '张三', roles: [...roles] as never } },
    answers: {
      'alarms.list': () => ({ total: 2, rows: [alarm(1), alarm(2)] }),
      'alarms.get': ({ id }: { id: string }) => ({
        alarm: alarm(Number(id.slice(1))),
        events: [
          { id: '1', alarmId: id, at: HELLO.now, operator: null, kind: 'raised', comment: null, data: null },
        ],
      }),
      'alarms.assignees': () => ({ names: ['张三', '李四'] }),
      'alarms.acknowledge': () => ({ changed: 1 }),
      'alarms.snooze': () => ({ changed: 1 }),
      ...change,
    },
  })
const inputs = (page: ReturnType<typeof open>, operation: string) =>
  page.calls.filter((call) => call.operation === operation).map(({ input }) => input)

describe('the alarm centre', () => {
  it('acknowledges many at once', async () => {
    const page = open()
    await userEvent.click(await screen.findByLabelText('选择 充电端口故障（999） 竹园1栋 #1'))
    await userEvent.click(await screen.findByLabelText('选择 充电端口故障（999） 竹园2栋 #1'))
    await userEvent.click(screen.getByRole('button', { name: '确认' }))
    await waitFor(() => expect(inputs(page, 'alarms.acknowledge')).toEqual([{ ids: ['a1', 'a2'] }]))
    expect(inputs(page, 'alarms.list')[0]).toMatchObject({ severity: 'warning' })
  })

  it('calls vendors as every screen does', async () => {
    open(['admin'], {
      'alarms.list': () => ({
        total: 1,
        rows: [alarm(1, { rule: 'syncStale', subject: 'water', name: 'Water' })],
      }),
    })
    expect(await screen.findByText('用水管理')).toBeTruthy()
    expect(screen.queryByText('Water')).toBeNull()
  })

  it('opens one by keys and acts on it by keys', async () => {
    const page = open()
    const grid = await screen.findByRole('grid')
    await screen.findByText('竹园1栋 #1')
    grid.focus()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    expect(await screen.findByText('经过')).toBeTruthy()
    await userEvent.keyboard('a')
    await waitFor(() => expect(inputs(page, 'alarms.acknowledge')).toEqual([{ ids: ['a1'] }]))
    await userEvent.keyboard('s')
    await waitFor(() => expect(inputs(page, 'alarms.snooze')).toHaveLength(1))
  })

  it('lets a viewer look, and says why no more', async () => {
    const page = open(['viewer'])
    await screen.findByText('竹园1栋 #1')
    await userEvent.click(screen.getByText('竹园1栋 #1'))
    const button = await screen.findByRole('button', { name: /确认/ })
    expect(button.hasAttribute('disabled')).toBe(true)
    await userEvent.keyboard('a')
    expect(inputs(page, 'alarms.acknowledge')).toEqual([])
  })
})

it('reads its filters from the address and leaves aside what is none', () => {
  expect(listInput({ state: 'snoozed', rule: 'noPrice', query: '东', digest: 'd' }, 0)).toEqual({
    snoozed: true,
    rule: 'noPrice',
    query: '东',
    digestId: 'd',
  })
  expect(listInput({ state: 'x', rule: 'y', severity: 'z' }, 0)).toEqual({})
  expect(listInput({ from: '2026-03-01', to: '2026-03-01' }, 0)).toEqual({
    from: Date.UTC(2026, 2, 1),
    to: Date.UTC(2026, 2, 2),
  })
})

it('leads every rule somewhere, and a digest to its list', () => {
  for (const rule of ALARM_RULES) expect(subjectPath(alarm(1, { rule }))).toMatch(/^\/\w/)
  expect(subjectPath(alarm(1))).toBe('/chargers/registry/60010001')
  expect(subjectPath(alarm(1, { members: 12 }))).toBe('/alarms?digest=a1')
})

it('sends of a rule only what was changed, yuan as fen', () => {
  const settings = {
    enabled: true,
    severity: 'info',
    level: 2000,
    level2: 500,
    hysteresis: 200,
    delayMinutes: 0,
  }
  const row = { rule: 'lowBalance', unit: 'fen', side: 'below', two: true, ...settings } as RuleRow
  expect(typedAs('fen', 19.99)).toBe(1999)
  expect(changesOf(row, { ...draftOf(row), level: 1999 })).toEqual({ level: 1999 })
  expect(isOrdered(row, { ...row, level: 400 })).toBe(false)
  expect(isOrdered(row, row)).toBe(true)
})
