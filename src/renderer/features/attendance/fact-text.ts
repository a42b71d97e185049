import { useFormat } from '../../app/site.tsx'
import { useSpanText } from './Span.tsx'

type Data = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const timeOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

function timesOf(value: unknown): { checkInAt: number; checkOutAt: number | null } | null {
  const { checkInAt, checkOutAt } = (value ?? {}) as Data
  return typeof checkInAt === 'number' ? { checkInAt, checkOutAt: timeOf(checkOutAt) } : null
}

/** The values of a fact in one line: what was asked, old and new, why. */
export function useFactText() {
  const format = useFormat()
  const { whole } = useSpanText()
  return ({ data }: { data: Data }): string => {
    const old = timesOf(data['old'])
    const next = timesOf(data['new'])
    const before = textOf((data['old'] as Data | undefined)?.['name'] ?? data['old'])
    const times = old && next ? `${whole(old)} → ${whole(next)}` : ''
    const name = textOf(data['name'])
    const named = before === '' || name === '' ? name : `${before} → ${name}`
    const moments = ['checkInAt', 'checkOutAt', 'before', 'until', 'graceUntil'].flatMap((key) => {
      const at = timeOf(data[key])
      return at === null ? [] : [format.time(at)]
    })
    return [named, times, ...moments, textOf(data['note']), textOf(data['reason'])]
      .filter(Boolean)
      .join(' · ')
  }
}
