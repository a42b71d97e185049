import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import type { RoomNode } from '#shared/contract/rooms.ts'
import { LowBalance } from '../../../src/renderer/features/rooms/LowBalance.tsx'
import { lowInput } from '../../../src/renderer/features/rooms/low-input.ts'
import { PrintNotices } from '../../../src/renderer/features/rooms/PrintNotices.tsx'
import { RoomsPage } from '../../../src/renderer/features/rooms/RoomsPage.tsx'
import { countRooms, trailTo, visibleLines } from '../../../src/renderer/features/rooms/tree.ts'
import { currentPath } from '../../../src/renderer/app/navigation.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const node = (id: string, level: number, children: RoomNode[] = [], active = true): RoomNode => ({
  id,
  name: id,
  level,
  active,
  children,
})
const TREE = [
  node('东区', 101, [
    node('A栋', 102, [node('A101', 103), node('A102', 103, [], false)]),
    node('B栋', 102, [node('B101', 103)]),
  ]),
]

describe('the tree', () => {
  it('holds only the lines of what is expanded', () => {
    expect(visibleLines(TREE, new Set()).map(({ node: { id } }) => id)).toEqual(['东区'])
    const lines = visibleLines(TREE, new Set(['东区', 'A栋']))
    expect(lines.map(({ node: { id }, depth }) => `${depth} ${id}`)).toEqual([
      '1 东区',
      '2 A栋',
      '3 A101',
      '3 A102',
      '2 B栋',
    ])
  })

  it('knows the way to a room and how many there are', () => {
    expect(trailTo(TREE, 'A102').map(({ id }) => id)).toEqual(['东区', 'A栋', 'A102'])
    expect(trailTo(TREE, 'nowhere')).toEqual([])
    expect(TREE[0] && countRooms(TREE[0])).toEqual({ rooms: 3, inactive: 1 })
  })

  it('is walked with arrows and opened with Enter; inactive rooms say so', async () => {
    const page = renderPart(<RoomsPage />, {
      answers: {
        'rooms.tree': () => ({ rows: TREE, asOf: HELLO.now }),
        'rooms.get': () => new Promise(() => undefined),
      },
    })
    const tree = await screen.findByRole('tree')
    tree.focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}{ArrowRight}{ArrowDown}')
    expect(screen.getByText('已停用')).toBeTruthy()
    await userEvent.keyboard('{Enter}')
    await waitFor(() =>
      expect(page.calls).toContainEqual({ operation: 'rooms.get', input: { roomId: 'A102' } }),
    )
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}')
    expect(screen.queryByText('A101')).toBeNull()
  })
})

const low = (id: string, balanceFen: number) => ({
  id,
  name: id,
  path: ['东区', id],
  level: 103,
  active: true,
  selectable: true,
  balanceFen,
  balanceAt: HELLO.now,
  lastTold: null,
})

const LOW: Answers = {
  'rooms.lowBalance': () => ({ total: 2, rows: [low('A101', -350), low('A102', 1200)], asOf: HELLO.now }),
  'rooms.told': () => ({ total: 0, rows: [] }),
  'rooms.tell': ({ roomId }: { roomId: string }) => ({ id: roomId }),
  'receipts.template': () => ({ organisation: '测试物业', phone: '000-1234' }),
}

describe('low balances', () => {
  it('are bounded in fen, and by nothing that is no amount', () => {
    expect(lowInput({ below: '12.5', query: 'A1' })).toEqual({ belowFen: 1250, query: 'A1' })
    expect(lowInput({ below: '-3' })).toEqual({ belowFen: -300 })
    expect(lowInput({ below: '1.234' })).toEqual({})
    expect(lowInput({ below: 'x' })).toEqual({})
  })

  it('ask with the bound of the URL and sort by what the list calls it', async () => {
    const page = renderPart(<LowBalance />, { answers: LOW, url: '/?below=5' })
    await screen.findByTitle('东区 / A101')
    await userEvent.click(screen.getByRole('button', { name: '余额' }))
    await waitFor(() =>
      expect(page.calls.at(-1)?.input).toMatchObject({ belowFen: 500, sort: 'balance', order: 'ascending' }),
    )
  })

  it('record who was told', async () => {
    const page = renderPart(<LowBalance />, { answers: LOW })
    await userEvent.click(await screen.findByTitle('东区 / A101'))
    await userEvent.click(await screen.findByText('记下告知'))
    await userEvent.click(await screen.findByText('上门'))
    await userEvent.type(screen.getByLabelText('备注'), '本人{Enter}')
    expect(page.calls).toContainEqual({
      operation: 'rooms.tell',
      input: { roomId: 'A101', how: 'visit', note: '本人' },
    })
  })

  it('come out as notices, and all are recorded as told on paper', async () => {
    const page = renderPart(<PrintNotices />, { answers: LOW, url: '/?below=20' })
    expect(await screen.findByText('A102')).toBeTruthy()
    expect(await screen.findAllByText(/测试物业 · 电话 000-1234/)).toHaveLength(2)
    await userEvent.click(screen.getByText('全部记为已发纸质通知'))
    expect(await screen.findByText('已记下 2 个房间')).toBeTruthy()
    const told = page.calls.filter(({ operation }) => operation === 'rooms.tell').map(({ input }) => input)
    expect(told).toEqual([
      { roomId: 'A101', how: 'paper' },
      { roomId: 'A102', how: 'paper' },
    ])
  })
})

it('the navigation marks one place only', () => {
  const paths = ['', 'rooms', 'rooms/low', 'recharge']
  expect(currentPath('/rooms/low', paths)).toBe('rooms/low')
  expect(currentPath('/rooms/r1', paths)).toBe('rooms')
  expect(currentPath('/', paths)).toBe('')
  expect(currentPath('/roomsX', paths)).toBeUndefined()
})
