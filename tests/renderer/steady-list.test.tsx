import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { useHeld, useSettled, type Heard } from '../../src/renderer/ui/steady-list.ts'

function List({ heard }: { heard: readonly Heard[] }) {
  const held = useHeld({ byFocus: true })
  return (
    <>
      <ul {...held.props}>
        {useSettled(heard, held.held).map(({ name }) => (
          <li key={name}>
            <button type="button">{name}</button>
          </li>
        ))}
      </ul>
      <button type="button">after it</button>
    </>
  )
}

const near = { name: 'near', rssi: -50 }
const far = { name: 'far', rssi: -80 }
const turned = [
  { ...far, rssi: -40 },
  { ...near, rssi: -90 },
  { name: 'new', rssi: -30 },
]
const names = () => screen.getAllByRole('listitem').map((row) => row.textContent)

afterEach(cleanup)

describe('a list that lives', () => {
  it('moves no row while Tab walks through it, and sorts itself once the focus has left', async () => {
    const { rerender } = render(<List heard={[near, far]} />)
    await userEvent.tab()
    expect(document.activeElement?.textContent).toBe('near')
    rerender(<List heard={turned} />)
    expect(names()).toEqual(['near', 'far', 'new'])
    await userEvent.tab()
    await userEvent.tab()
    expect(document.activeElement?.textContent).toBe('new')
    await userEvent.tab()
    rerender(<List heard={turned} />)
    await expect.poll(names).toEqual(['new', 'far', 'near'])
  })

  it('moves no row under the pointer', async () => {
    const { rerender } = render(<List heard={[near, far]} />)
    fireEvent.pointerEnter(screen.getByRole('list'))
    rerender(<List heard={turned} />)
    expect(names()).toEqual(['near', 'far', 'new'])
    fireEvent.pointerLeave(screen.getByRole('list'))
    await expect.poll(names).toEqual(['new', 'far', 'near'])
  })
})
