import type { BookSheet, SheetCell, SheetColumn } from '../ports.ts'
import type { Sheet, SheetRow } from './sheet.ts'

/** Months of a project as sheets of one workbook: the sums first, then a sheet a month with a cell a day. */

export type Language = 'zh-CN' | 'en'

const WORDS = {
  'zh-CN': {
    sums: '汇总',
    name: '姓名',
    phone: '手机号',
    days: '出勤天数',
    shifts: '班次',
    hours: '工时（小时）',
    time: '工时（时:分）',
    total: '合计',
    file: '考勤工时',
  },
  en: {
    sums: 'Totals',
    name: 'Name',
    phone: 'Phone',
    days: 'Days',
    shifts: 'Shifts',
    hours: 'Hours',
    time: 'h:mm',
    total: 'Total',
    file: 'Attendance',
  },
} as const satisfies Record<Language, object>

export const fileTitle = (language: Language) => WORDS[language].file

const text = (title: string): SheetColumn => ({ title, format: 'text' })
const whole = (title: string): SheetColumn => ({ title, format: 'integer' })
const hours = (title: string): SheetColumn => ({ title, format: 'hours' })
const duration = (title: string): SheetColumn => ({ title, format: 'duration' })

/** One line a worker: his days in hours, then his sums; the last line adds up. */
export function monthOfBook(month: string, sheet: Sheet, language: Language): BookSheet {
  const w = WORDS[language]
  const days = Array.from({ length: sheet.dayCount }, (_, i) => hours(String(i + 1)))
  const ends = [whole(w.days), whole(w.shifts), hours(w.hours), duration(w.time)]
  const rows = sheet.rows.map((row): SheetCell[] => [
    row.kind === 'total' ? w.total : row.userName,
    row.user,
    ...row.days,
    row.kind === 'total' ? null : row.daysWorked,
    row.count,
    row.minutes,
    row.minutes,
  ])
  const columns = [text(w.name), text(w.phone), ...days, ...ends]
  return { name: month, columns, rows: JSON.stringify(rows), sums: true }
}

interface Line {
  readonly userName: string
  readonly months: (number | null)[]
  count: number
}

/** Workers by month, over all months of the file. */
export class Sums {
  readonly #months: readonly string[]
  readonly #lines = new Map<string, Line>()

  constructor(months: readonly string[]) {
    this.#months = months
  }

  get workers(): number {
    return this.#lines.size
  }

  add(index: number, rows: readonly SheetRow[]): void {
    for (const row of rows) {
      if (row.kind === 'total') continue
      const line = this.#lines.get(row.user) ?? {
        userName: row.userName,
        months: Array<number | null>(this.#months.length).fill(null),
        count: 0,
      }
      if (row.count > 0) line.months[index] = row.minutes
      line.count += row.count
      this.#lines.set(row.user, line)
    }
  }

  sheet(language: Language): BookSheet {
    const w = WORDS[language]
    const lines = [...this.#lines].map(([phone, line]) => this.#row(line.userName, phone, line))
    const all: Line = {
      userName: w.total,
      months: this.#months.map((_, i) =>
        total([...this.#lines.values()].map(({ months }) => months[i] ?? null)),
      ),
      count: [...this.#lines.values()].reduce((sum, { count }) => sum + count, 0),
    }
    const months = this.#months.map(hours)
    return {
      name: w.sums,
      columns: [text(w.name), text(w.phone), ...months, whole(w.shifts), hours(w.hours), duration(w.time)],
      rows: JSON.stringify([...lines, this.#row(w.total, '', all)]),
      sums: true,
    }
  }

  #row(name: string, phone: string, { months, count }: Line): SheetCell[] {
    const minutes = total(months) ?? 0
    return [name, phone, ...months, count, minutes, minutes]
  }
}

const total = (cells: readonly (number | null)[]): number | null => {
  const known = cells.filter((cell) => cell !== null)
  return known.length === 0 ? null : known.reduce((sum, cell) => sum + cell, 0)
}
