import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { Code, Figure } from '../../ui/figures.tsx'
import { SheetTable, type SheetColumn } from '../../ui/SheetTable.tsx'
import { Reading } from '../../ui/states.tsx'

type Change = Output<'reports.changes'>['rows'][number]

/** Changes shown; more belong in a file. */
const MOST = 100

/** What a version has otherwise than the one before. */
export function ChangeTable({ day, version }: { day: string; version: number }) {
  const { t } = useTranslation()
  const read = useRead('reports.changes', { day, version, limit: MOST }, { keepPrevious: false })
  return (
    <Reading read={read} lines={3}>
      {({ rows, total }) =>
        total === 0 ? (
          <p className="sd-quiet">{t('reports.change.none', { version })}</p>
        ) : (
          <div
            className="rp-changes"
            tabIndex={0}
            role="region"
            aria-label={t('reports.change.title', { version, n: total })}
          >
            <SheetTable
              dense
              caption={t('reports.change.title', { version, n: total })}
              rows={rows}
              rowKey={(row) => row.meterId}
              columns={changeColumns(t)}
            />
          </div>
        )
      }
    </Reading>
  )
}

const changeColumns = (t: TFunction): SheetColumn<Change>[] => [
  {
    key: 'tableNo',
    title: t('reports.column.tableNo'),
    names: true,
    cell: (row) => <Code>{row.tableNo}</Code>,
  },
  { key: 'place', title: t('reports.column.place'), align: 'left', cell: (row) => row.place },
  {
    key: 'before',
    title: t('reports.change.before'),
    cell: (row) => <Side row={row} side="before" />,
  },
  {
    key: 'after',
    title: t('reports.change.after'),
    cell: (row) => <Side row={row} side="after" />,
  },
]

function Side({ row, side }: { row: Change; side: 'before' | 'after' }) {
  const code = useCodeText()
  const [value, state] = side === 'before' ? [row.before, row.stateBefore] : [row.after, row.stateAfter]
  return value === null ? code('reports.word', state) : <Figure value={value} />
}
