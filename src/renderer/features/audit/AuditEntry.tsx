import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import type { RowOf } from '../../ui/column.ts'
import { Code, Facts, State, Time } from '../../ui/figures.tsx'
import { SheetTable } from '../../ui/SheetTable.tsx'
import { differenceOf, type Line } from './difference.ts'

export type AuditRow = RowOf<'audit.list'>
export const DOORS = ['desktop', 'browser', 'api', 'inproc', 'start'] as const

export function doorName(t: TFunction, door: string): string {
  const known = DOORS.find((name) => name === door)
  return known ? t(`audit.doorName.${known}`) : door
}

export const whoOf = (t: TFunction, { operator, door }: AuditRow) =>
  operator ?? (door === 'start' ? doorName(t, door) : t('audit.nobody'))

export const outcomeName = (t: TFunction, outcome: string) =>
  outcome === 'ok' ? t('audit.outcomeOk') : outcome

export function Operation({ name }: { name: string }) {
  const text = useCodeText()
  return <span title={name}>{text('audit.operationName', name)}</span>
}

/** One deed: who, where, what; what changed side by side, and the record as it was kept. */
export function AuditEntry({ row }: { row: AuditRow }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('audit.at'), value: <Time at={row.at} /> },
          {
            label: t('audit.operation'),
            value: (
              <>
                <Operation name={row.operation} /> <Code>{row.operation}</Code>
              </>
            ),
          },
          { label: t('audit.operator'), value: whoOf(t, row) },
          { label: t('audit.door'), value: doorName(t, row.door) },
          { label: t('audit.place'), value: row.place },
          { label: t('audit.target'), value: row.target },
          { label: t('audit.outcome'), value: outcomeName(t, row.outcome) },
        ]}
      />
      <Difference before={row.before} after={row.after} />
      <Kept row={row} />
    </div>
  )
}

const MARKS = { changed: '≠', added: '+', removed: '−', same: '' } as const
const field = ({ path }: Line) => <Code>{path}</Code>
const was = ({ before }: Line) => before
const is = ({ after }: Line) => after

function Difference({ before, after }: { before: unknown; after: unknown }) {
  const { t } = useTranslation()
  const lines = differenceOf(before, after)
  if (lines.length === 0) return null
  const sides = [
    ...(lines.some((line) => line.before !== '')
      ? [{ key: 'before', title: t('audit.before'), align: 'left' as const, wrap: true, cell: was }]
      : []),
    ...(lines.some((line) => line.after !== '')
      ? [{ key: 'after', title: t('audit.after'), align: 'left' as const, wrap: true, cell: is }]
      : []),
  ]
  const mark = ({ kind }: Line) =>
    kind === 'same' ? '' : <State tone="attention">{`${MARKS[kind]} ${t(`audit.kind.${kind}`)}`}</State>
  const marks =
    sides.length > 1 ? [{ key: 'kind', title: t('audit.change'), align: 'left' as const, cell: mark }] : []
  return (
    <SheetTable
      rows={lines}
      rowKey={(line) => line.path}
      columns={[{ key: 'path', title: t('audit.field'), align: 'left', cell: field }, ...sides, ...marks]}
    />
  )
}

/** Exactly what the chain holds. */
function Kept({ row }: { row: AuditRow }) {
  const { t } = useTranslation()
  const { id, hash, before, after } = row
  return (
    <details>
      <summary>{t('audit.kept')}</summary>
      <pre className="sd-pre">{JSON.stringify({ id, before, after, hash }, null, 2)}</pre>
      <CopyButton text={hash} />
    </details>
  )
}
