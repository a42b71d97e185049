import { BASES } from '../request/route.ts'
import { CHAPTERS, type Described, type Field } from './endpoints.ts'

/** The endpoints as docs/mini-program.md lists them. */
export function endpointPages(): string {
  return (['user', 'manager', 'attendance'] as const)
    .map((chapter) => {
      const own = CHAPTERS[chapter]
      const base = BASES[chapter === 'manager' ? 'manager' : 'user']
      const title = `### ${TITLES[chapter]}: ${own.length} endpoints`
      return [`${title}\n\n\`POST ${base}<name>\``, ...own.map(section)].join('\n\n')
    })
    .join('\n\n')
}

const TITLES = { user: 'Users', manager: 'Managers', attendance: 'Attendance' }

function section(one: Described): string {
  const parts = [
    `#### ${one.name}`,
    one.summary,
    one.params.length === 0 ? 'No parameters of its own.' : table('Parameter', one.params),
    `\`data\`: ${shapeText(one)}`,
    ...(one.shape === 'page' ? [table('Total', one.totals)] : []),
    table('Field', one.data),
    ...(one.refusals === '' ? [] : [`Refusals: ${one.refusals}.`]),
  ]
  return parts.join('\n\n')
}

function shapeText({ shape, rowsAs }: Described): string {
  if (shape === 'page') return `an object with totals, and rows as \`${rowsAs}\``
  return shape === 'result' ? 'an array of one object, also on a refusal' : 'an array of objects'
}

function table(title: string, fields: readonly Field[]): string {
  const rows = fields.map(({ name, type, required, note, example }) => [
    `\`${name}\`${required ? '' : ' (optional)'}`,
    type,
    note,
    example === '' ? '' : `\`${String(example)}\``,
  ])
  return aligned([[title, 'Type', 'What it is', 'Example'], ...rows])
}

/** Wide characters take two columns, as prettier counts them. */
const widthOf = (text: string) =>
  Array.from(text).reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0)

function aligned(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows
  const widths = head.map((_cell, i) => Math.max(3, ...rows.map((row) => widthOf(row[i] ?? ''))))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell))).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n')
}
