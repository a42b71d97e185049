import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import type { PreviewRow } from '#shared/contract/retention.ts'
import { formatBytes } from '../../app/format.ts'
import { Figure, Time } from '../../ui/figures.tsx'
import { SheetTable, type SheetColumn } from '../../ui/SheetTable.tsx'

/** What there is, what would go and what would stay, counted row by row. */
export function DryRun({ preview: { rows } }: { preview: Output<'retention.preview'> }) {
  const { t } = useTranslation()
  const columns: SheetColumn<PreviewRow>[] = [
    { key: 'kind', title: t('retention.what'), names: true, cell: ({ kind }) => t(`retention.kind.${kind}`) },
    { key: 'before', title: t('retention.before'), cell: beforeOf },
    { key: 'oldest', title: t('retention.oldest'), cell: oldestOf },
    { key: 'rows', title: t('retention.rows'), cell: rowsOf },
    { key: 'goes', title: t('retention.goes'), cell: goesOf },
    { key: 'stays', title: t('retention.stays'), cell: staysOf },
    { key: 'bytes', title: t('retention.about'), cell: (row) => formatBytes(row.bytes) },
  ]
  const days = rows.find((row) => row.days !== null && row.before !== null)?.days
  return (
    <>
      <div tabIndex={0} role="region" aria-label={t('retention.dryTitle')} style={{ overflowX: 'auto' }}>
        <SheetTable
          columns={columns}
          rows={rows}
          rowKey={({ kind }) => kind}
          caption={t('retention.dryTitle')}
        />
      </div>
      {days ? <p className="sd-quiet">{t('retention.days', days)}</p> : null}
      <p className="sd-quiet">{t('retention.fileStays')}</p>
    </>
  )
}

const beforeOf = ({ before }: PreviewRow) => <Before at={before} />
const oldestOf = ({ oldest }: PreviewRow) => (oldest === null ? '–' : <Time at={oldest} />)
const rowsOf = (row: PreviewRow) => <Figure value={row.rows} />
const goesOf = (row: PreviewRow) => <Figure value={row.goes} />
const staysOf = (row: PreviewRow) => <Figure value={row.stays} />

function Before({ at }: { at: number | null }) {
  const { t } = useTranslation()
  return at === null ? t('retention.noRule') : <Time at={at} />
}
