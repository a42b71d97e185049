import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { formatBytes } from '../../app/format.ts'
import { useFormat } from '../../app/site.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { Facts, Figure, Time } from '../../ui/figures.tsx'
import { SheetTable, type SheetColumn } from '../../ui/SheetTable.tsx'
import { Reading } from '../../ui/states.tsx'
import { LONG_MS } from './rows.ts'

type Measured = Output<'retention.space'>

interface Part {
  readonly key: string
  readonly name: string
  readonly rows: number
  readonly bytes: number
}

/** The space meter: kinds with a rule first, then what is kept for ever and why. */
export function Space() {
  const { t } = useTranslation()
  const space = useRead('retention.space', {}, { everyMs: LONG_MS })
  return (
    <Panel title={t('retention.space.title')} purpose={t('retention.space.purpose')}>
      <Reading read={space} lines={8}>
        {(data) => <Measure data={data} />}
      </Reading>
    </Panel>
  )
}

function Measure({ data }: { data: Measured }) {
  const { t } = useTranslation()
  const format = useFormat()
  const parts = partsOf(data, t, format.date)
  const most = Math.max(1, ...parts.map(({ bytes }) => bytes))
  const columns: SheetColumn<Part>[] = [
    { key: 'name', title: t('retention.what'), names: true, cell: ({ name }) => name },
    { key: 'bar', title: t('retention.space.share'), align: 'left', cell: barOf(most) },
    { key: 'bytes', title: t('retention.space.bytes'), cell: ({ bytes }) => formatBytes(bytes) },
    { key: 'rows', title: t('retention.rows'), cell: rowsOf },
  ]
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('retention.space.free'), value: formatBytes(data.diskFreeBytes) },
          ...data.files.map(({ file, bytes, freeBytes }) => ({
            label: t(file === 'site.db' ? 'system.siteFile' : 'system.historyFile'),
            value: t('retention.space.file', { size: formatBytes(bytes), free: formatBytes(freeBytes) }),
          })),
          { label: t('retention.space.at'), value: <Time at={data.at} /> },
        ]}
      />
      <div tabIndex={0} role="region" aria-label={t('retention.space.title')} style={{ overflowX: 'auto' }}>
        <SheetTable columns={columns} rows={parts} rowKey={({ key }) => key} />
      </div>
    </div>
  )
}

const rowsOf = ({ rows }: Part) => <Figure value={rows} />
const barOf = (most: number) =>
  function Bar({ bytes }: Part) {
    return (
      <span className="rt-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.round((bytes / most) * 100)}%` }} />
      </span>
    )
  }

/** Tables of one kind, or kept for one reason, together; the largest first. */
function partsOf(
  { tables, pictures, copies, replaced }: Measured,
  t: TFunction,
  dayOf: (at: number) => string,
): Part[] {
  const parts = new Map<string, Part>()
  for (const { kind, kept, rows, bytes } of tables) {
    const key = kind ?? `kept.${kept ?? 'other'}`
    const name = kind ? t(`retention.kind.${kind}`) : t(`retention.kept.${kept ?? 'other'}`)
    const before = parts.get(key)
    parts.set(key, { key, name, rows: rows + (before?.rows ?? 0), bytes: bytes + (before?.bytes ?? 0) })
  }
  return [
    ...parts.values(),
    { key: 'pictures', name: t('retention.pictures'), rows: pictures.count, bytes: pictures.bytes },
    { key: 'copies', name: t('retention.copies'), rows: copies.count, bytes: copies.bytes },
    ...(replaced.until === null
      ? []
      : [
          {
            key: 'replaced',
            name: t('retention.replaced', { day: dayOf(replaced.until) }),
            rows: replaced.count,
            bytes: replaced.bytes,
          },
        ]),
  ].toSorted((a, b) => b.bytes - a.bytes)
}
