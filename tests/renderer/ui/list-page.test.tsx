import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { DataTable } from '../../../src/renderer/ui/DataTable.tsx'
import { ListPage } from '../../../src/renderer/ui/ListPage.tsx'
import { PAGE_ROWS } from '../../../src/renderer/ui/use-rows.ts'
import { renderPart } from '../render.tsx'

interface Asked {
  offset: number
  limit: number
  operation?: string
}

const ROWS = 100_000
const row = (index: number) => ({
  id: String(index),
  at: index,
  operator: `operator ${index}`,
  door: 'browser',
  operation: 'settings.update',
  target: null,
  outcome: 'ok',
  before: null,
  after: null,
  hash: 'h',
})

const columns = [{ key: 'operator', title: 'Operator', width: 100 }]

function list(answer: (input: Asked) => unknown, url = '/') {
  const page = (
    <ListPage
      operation="audit.list"
      title="Audit"
      purpose="Who did what"
      columns={columns}
      rowKey={(r) => r.id}
      filters={[{ kind: 'search', key: 'operation', label: 'Operation' }]}
      input={(values) => (values['operation'] ? { operation: values['operation'] } : {})}
      empty={{ what: 'Nothing yet', todo: 'Change something' }}
      drawer={{ title: (r) => r.operator, body: (r) => <p>drawer of {r.operator}</p> }}
    />
  )
  return renderPart(page, { answers: { 'audit.list': answer }, url })
}

const pageOf = ({ offset, limit }: Asked) => ({
  total: ROWS,
  rows: Array.from({ length: Math.min(limit, ROWS - offset) }, (_, i) => row(offset + i)),
})

describe('a list', () => {
  it('asks for one window and draws only the rows in sight, of 100,000', async () => {
    const page = list(pageOf)
    await screen.findByText('operator 0')
    expect(page.calls.map((call) => call.input)).toEqual([{ offset: 0, limit: PAGE_ROWS }])
    expect(screen.getAllByRole('row').length).toBeLessThan(60)
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(ROWS + 1))
    expect(screen.getByText('共 100,000 行')).toBeTruthy()
  })

  it('asks for the window that is scrolled to, wherever it is', async () => {
    const page = list(pageOf)
    await screen.findByText('operator 0')
    const grid = screen.getByRole('grid')
    act(() => {
      grid.scrollTop = 32 * 70_000
      fireEvent.scroll(grid)
    })
    await screen.findByText('operator 70000')
    expect(page.calls.at(-1)?.input).toEqual({ offset: 70_000, limit: PAGE_ROWS })
  })

  it('asks with what the URL filters', async () => {
    const page = list(pageOf, '/?operation=sync')
    await screen.findByText('operator 0')
    expect(page.calls[0]?.input).toMatchObject({ operation: 'sync' })
  })

  it('says why it is empty: nothing there yet, or nothing fits', async () => {
    list(() => ({ total: 0, rows: [] }))
    const why = await screen.findByText('Nothing yet')
    // no row may hold what stands there (a link): it stands beside the grid of the heads
    expect(screen.getByRole('grid').contains(why)).toBe(false)
    expect(within(screen.getByRole('grid')).getAllByRole('row')).toHaveLength(1)
  })

  it('offers to clear the filters when nothing fits', async () => {
    const page = list(
      (input) => (input.operation ? { total: 0, rows: [] } : pageOf(input)),
      '/?operation=nothing',
    )
    await screen.findByText('没有符合筛选条件的行')
    act(() => screen.getAllByText('清除筛选').at(-1)?.click())
    await screen.findByText('operator 0')
    expect(page.calls.at(-1)?.input).not.toHaveProperty('operation')
  })

  it('opens a row by keys alone', async () => {
    list(pageOf)
    await screen.findByText('operator 0')
    const grid = screen.getByRole('grid')
    fireEvent.keyDown(grid, { key: 'ArrowDown' })
    fireEvent.keyDown(grid, { key: 'ArrowDown' })
    fireEvent.keyDown(grid, { key: 'Enter' })
    await waitFor(() => expect(screen.getByText('drawer of operator 1')).toBeTruthy())
  })

  it('shows the error instead of a spinner, and asks again when told to', async () => {
    let broken = true
    list((input) => {
      if (broken) throw new Error('no')
      return pageOf(input)
    })
    const retry = await screen.findByText('重试')
    broken = false
    act(() => retry.click())
    await screen.findByText('operator 0')
  })
})

describe('the table', () => {
  it('sorts ascending, then descending, then as the list comes', () => {
    const onSort = vi.fn<(sort: unknown) => void>()
    const part = (order: 'ascending' | 'descending' | null) => (
      <DataTable
        label="t"
        columns={[{ key: 'operator', title: 'Operator', width: 100, sortable: true }]}
        total={1}
        rowAt={row}
        rowKey={(r) => r.id}
        sort={order ? { key: 'operator', order } : null}
        onSort={onSort}
      />
    )
    for (const order of [null, 'ascending', 'descending'] as const) {
      const { unmount } = renderPart(part(order))
      expect(screen.getByRole('columnheader').getAttribute('aria-sort')).toBe(order ?? 'none')
      act(() => screen.getByText('Operator').click())
      unmount()
    }
    expect(onSort.mock.calls.map(([sort]) => sort)).toEqual([
      { key: 'operator', order: 'ascending' },
      { key: 'operator', order: 'descending' },
      null,
    ])
  })

  it('draws a skeleton where a row is not here yet', () => {
    renderPart(<DataTable label="t" columns={columns} total={3} rowAt={() => undefined} rowKey={() => ''} />)
    expect(document.querySelectorAll('.sd-bone')).toHaveLength(3)
  })
})
