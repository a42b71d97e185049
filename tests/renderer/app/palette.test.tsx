import { fireEvent, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { useLocation } from 'react-router'
import { expect, it, vi } from 'vitest'
import { ThemeProvider } from '../../../src/renderer/app/mode.tsx'
import { Palette } from '../../../src/renderer/app/palette.tsx'
import { renderPart } from '../render.tsx'

const ROWS = [
  { kind: 'room', id: 'H 1', title: '102', subtitle: '1号楼' },
  { kind: 'charger', id: '00000017', title: '00000017 东门', subtitle: 'BUC_1A2B3C4D5E6F' },
  { kind: 'meter', id: 'imr:7', title: '202005', subtitle: '' },
]

function Where() {
  const { pathname, search } = useLocation()
  return <output>{`${pathname}${search}`}</output>
}

it.each([
  [0, '/recharge?room=H%201'],
  [1, '/chargers/registry/00000017'],
  [2, '/meters/imr%3A7'],
])('what is found opens its own page: row %i', async (row, page) => {
  const closed = vi.fn()
  renderPart(
    <ThemeProvider>
      <Palette onClose={closed} onKeys={() => undefined} />
      <Where />
    </ThemeProvider>,
    { answers: { 'search.find': () => ({ rows: ROWS }) } },
  )
  const box = screen.getByRole('combobox')
  fireEvent.change(box, { target: { value: '1' } })
  await screen.findByText('00000017 东门')
  expect(screen.getByText('充电器', { exact: false })).toBeTruthy()
  for (let i = 0; i < row; i++) fireEvent.keyDown(box, { key: 'ArrowDown' })
  fireEvent.keyDown(box, { key: 'Enter' })
  await waitFor(() => expect(screen.getByRole('status', { hidden: true }).textContent).toBe(page))
  expect(closed).toHaveBeenCalledOnce()
})

function Frame() {
  const [open, setOpen] = useState(true)
  return (
    <ThemeProvider>
      {open ? <Palette onClose={() => setOpen(false)} onKeys={() => undefined} /> : null}
      <main id="content" tabIndex={-1} />
    </ThemeProvider>
  )
}

it('gives the focus to the page that it opened', async () => {
  renderPart(<Frame />, { answers: { 'search.find': () => ({ rows: ROWS }) } })
  const box = screen.getByRole('combobox')
  fireEvent.change(box, { target: { value: '1' } })
  await screen.findByText('00000017 东门')
  fireEvent.keyDown(box, { key: 'Enter' })
  await waitFor(() => expect(document.activeElement?.id).toBe('content'))
})
