import { DatePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'

/** Shown, and taken from typing besides the forms people write a day in. */
const DAY_FORMAT = 'YYYY-MM-DD'
const FORMATS = [DAY_FORMAT, 'YYYYMMDD', 'YYYY-M-D', 'YYYY/M/D', 'YYYY.M.D']

const STEPS: Readonly<Record<string, readonly [number, 'day' | 'month']>> = {
  ArrowUp: [1, 'day'],
  ArrowDown: [-1, 'day'],
  PageUp: [1, 'month'],
  PageDown: [-1, 'month'],
}

interface Props {
  /** `yyyy-MM-dd`; '' for none. Anything else counts as none. */
  readonly value: string
  readonly onChange: (day: string) => void
  readonly label: string
  readonly min?: string
  readonly max?: string
  /** may be left empty */
  readonly clearable?: boolean
  /** `yyyy-MM-dd`: the day that holds while the field is empty */
  readonly standard?: string
}

/**
 * One calendar day, shown the same whatever the browser's language: typed, stepped with ↑ ↓ (a day) and
 * PgUp PgDn (a month), or picked. Typing counts on Enter or on leaving; an emptied field where it may be is none.
 */
export function DayField({ value, onChange, label, min, max, clearable = false, standard }: Props) {
  // at once: what holds the value (an address) follows later, and the next key steps on from here
  const [own, setOwn] = useState(value)
  const [seen, setSeen] = useState(value)
  if (seen !== value) {
    setSeen(value)
    setOwn(value)
  }
  const day = dayOf(own)
  const typed = useRef(false)
  const change = (next: Dayjs | null) => {
    const text = next?.format(DAY_FORMAT) ?? ''
    if (text === own || (text === '' && !clearable)) return
    setOwn(text)
    onChange(text)
  }
  const leaveEmpty = (text: string | null) => {
    if (text?.trim() === '') change(null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key]
    if (event.key === 'Enter') leaveEmpty(textOf(event))
    if (step === undefined || event.altKey) {
      typed.current = true
      return
    }
    event.preventDefault()
    // the text on the screen lags behind quick steps; only typed text says more than the day held
    const from = (typed.current ? dayOf(textOf(event) ?? '') : null) ?? day ?? dayjs()
    typed.current = false
    const next = from.add(...step)
    if (!next.isBefore(dayOf(min ?? '')) && !next.isAfter(dayOf(max ?? ''))) change(next)
  }
  // the picker keeps what is no day when Enter was pressed on it: drawn anew, it shows the day it holds
  const [drawn, setDrawn] = useState(0)
  const leave = (event: FocusEvent<HTMLElement>) => {
    leaveEmpty(textOf(event))
    if (event.target.getAttribute('aria-invalid') === 'true') setDrawn(drawn + 1)
  }
  return (
    <DatePicker
      key={drawn}
      className="sd-day"
      format={FORMATS}
      value={day}
      onChange={change}
      onKeyDown={onKeyDown}
      onBlur={leave}
      minDate={dayOf(min ?? '') ?? undefined}
      maxDate={dayOf(max ?? '') ?? undefined}
      allowClear={clearable}
      // the computer's own day, not the site's
      showNow={false}
      placeholder={standard ?? 'yyyy-mm-dd'}
      aria-label={label}
    />
  )
}

/** null for what comes out of the calendar, which stands elsewhere but belongs to the field. */
const textOf = ({ target }: { target: EventTarget }) =>
  target instanceof HTMLInputElement ? target.value : null

function dayOf(text: string): Dayjs | null {
  const day = dayjs(text)
  return day.format(DAY_FORMAT) === text ? day : null
}
