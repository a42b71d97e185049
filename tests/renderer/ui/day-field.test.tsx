import { fireEvent, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { DayField } from '../../../src/renderer/ui/DayField.tsx'
import { renderPart } from '../render.tsx'

const onChange = vi.fn<(day: string) => void>()

function Field(props: { start?: string; clearable?: boolean; min?: string; max?: string }) {
  const { start = '2026-02-28', ...rest } = props
  const [value, setValue] = useState(start)
  const change = (day: string) => {
    onChange(day)
    setValue(day)
  }
  return <DayField label="日期" value={value} onChange={change} {...rest} />
}

function show(props: Parameters<typeof Field>[0] = {}) {
  onChange.mockReset()
  renderPart(<Field {...props} />)
  return screen.getByLabelText<HTMLInputElement>('日期')
}

const asked = () => onChange.mock.calls.map(([day]) => day)

describe('a day', () => {
  it.each([
    ['2026-02-28', '2026-02-28'],
    ['2026-02-31', ''],
    ['soon', ''],
  ])('%s is shown as "%s"', (start, shown) => {
    expect(show({ start }).value).toBe(shown)
  })

  it.each(['2026-11-03', '20261103', '2026-11-3', '2026/11/3', '2026.11.3'])(
    'is typed as %s and counts on Enter',
    async (typed) => {
      const input = show()
      await userEvent.clear(input)
      await userEvent.type(input, `${typed}{Enter}`)
      expect(asked()).toEqual(['2026-11-03'])
      expect(input.value).toBe('2026-11-03')
    },
  )

  it('counts on leaving the field too', async () => {
    const input = show()
    await userEvent.clear(input)
    await userEvent.type(input, '2026-03-05')
    await userEvent.tab()
    expect(asked()).toEqual(['2026-03-05'])
  })

  it('stays what it was when something else is typed', async () => {
    const input = show({ clearable: true })
    await userEvent.clear(input)
    await userEvent.type(input, '2026-02-30{Enter}')
    await userEvent.tab()
    expect(asked()).toEqual([])
    expect(screen.getByLabelText<HTMLInputElement>('日期').value).toBe('2026-02-28')
  })

  it('is picked from the calendar, which takes the focus with it', async () => {
    const input = show({ start: '', clearable: true })
    await userEvent.click(input)
    const cell = await screen.findByTitle(/-15$/)
    await userEvent.click(cell)
    // what a browser does: the calendar closes, and the focus that was in it is lost
    fireEvent.blur(cell)
    expect(asked()).toEqual([cell.title])
    expect(input.value).toBe(cell.title)
  })

  it('steps by days and months, over their ends', async () => {
    const input = show()
    await userEvent.click(input)
    await userEvent.keyboard('{ArrowUp}{ArrowDown}{PageUp}{PageDown}')
    expect(asked()).toEqual(['2026-03-01', '2026-02-28', '2026-03-28', '2026-02-28'])
  })

  it('steps on from where it is while what holds it follows later', async () => {
    onChange.mockReset()
    renderPart(<DayField label="日期" value="2026-02-28" onChange={onChange} />)
    await userEvent.click(screen.getByLabelText('日期'))
    await userEvent.keyboard('{ArrowUp}{ArrowUp}')
    expect(asked()).toEqual(['2026-03-01', '2026-03-02'])
  })

  it('goes beyond neither end', async () => {
    const input = show({ min: '2026-02-28', max: '2026-03-01' })
    await userEvent.click(input)
    await userEvent.keyboard('{ArrowDown}{PageUp}{ArrowUp}{ArrowUp}')
    expect(asked()).toEqual(['2026-03-01'])
  })

  it('is taken away by emptying the field, where none is allowed', async () => {
    const input = show({ clearable: true })
    await userEvent.clear(input)
    await userEvent.keyboard('{Enter}')
    expect(asked()).toEqual([''])
    expect(input.value).toBe('')
  })

  it('comes back when emptied, where one is needed', async () => {
    const input = show()
    await userEvent.clear(input)
    await userEvent.tab()
    expect(asked()).toEqual([])
    expect(input.value).toBe('2026-02-28')
  })
})
