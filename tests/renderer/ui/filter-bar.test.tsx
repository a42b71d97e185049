import { act, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useLocation } from 'react-router'
import { describe, expect, it, vi } from 'vitest'
import { FilterBar } from '../../../src/renderer/ui/FilterBar.tsx'
import { useFilters, type Filter } from '../../../src/renderer/ui/filters.ts'
import { renderPart } from '../render.tsx'

const FILTERS: readonly Filter[] = [
  { kind: 'search', key: 'query', label: '搜索' },
  { kind: 'day', key: 'from', label: '从' },
]

function Bar() {
  const state = useFilters(FILTERS.map((f) => f.key))
  return (
    <>
      <FilterBar filters={FILTERS} state={state} />
      <output>{useLocation().search}</output>
    </>
  )
}

const url = () => new URLSearchParams(screen.getByRole('status').textContent ?? '')

describe('filters', () => {
  it('come from the URL', () => {
    renderPart(<Bar />, { url: '/?query=A102&from=2026-03-01' })
    expect(screen.getByLabelText<HTMLInputElement>('搜索').value).toBe('A102')
    expect(screen.getByLabelText<HTMLInputElement>('从').value).toBe('2026-03-01')
  })

  it('stand in the URL once typed, beside what was there', async () => {
    renderPart(<Bar />, { url: '/?sort=name' })
    await userEvent.type(screen.getByLabelText('搜索'), '东 A1{Enter}')
    expect(url().get('query')).toBe('东 A1')
    expect(url().get('sort')).toBe('name')
  })

  it('are wide enough to read what they are', () => {
    const label = '房间、单号、收据号、操作员、表号、位置、用户'
    const long: readonly Filter[] = [{ kind: 'search', key: 'query', label, width: 180 }]
    renderPart(
      <FilterBar filters={long} state={{ values: {}, active: false, set: vi.fn(), clear: vi.fn() }} />,
    )
    const box = screen.getByLabelText(label).closest<HTMLElement>('.ant-input-affix-wrapper')
    expect(Number.parseInt(box?.style.width ?? '0', 10)).toBeGreaterThan(label.length * 14)
  })

  it('say what holds while nothing is chosen', () => {
    const filters: readonly Filter[] = [
      { kind: 'day', key: 'from', label: '从', standard: '2026-02-01' },
      {
        kind: 'select',
        key: 'kind',
        label: '类型',
        standard: '电表',
        options: [{ value: 'water', label: '水表' }],
      },
    ]
    renderPart(
      <FilterBar filters={filters} state={{ values: {}, active: false, set: vi.fn(), clear: vi.fn() }} />,
    )
    expect(screen.getByLabelText<HTMLInputElement>('从').placeholder).toBe('2026-02-01')
    expect(screen.getByText('类型：电表')).toBeTruthy()
  })

  it('leave the URL when cleared, and nothing else does', async () => {
    renderPart(<Bar />, { url: '/?query=A102&from=2026-03-01&sort=name' })
    await act(async () => screen.getByText('清除筛选').click())
    expect([...url().keys()]).toEqual(['sort'])
    expect(screen.getByLabelText<HTMLInputElement>('搜索').value).toBe('')
  })
})
