import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { formatBytes } from '../../app/format.ts'
import { MayButton } from '../../app/why-not.tsx'
import type { Column } from '../../ui/column.ts'
import { State, Time } from '../../ui/figures.tsx'
import type { Filter } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { CopyDetail } from './CopyDetail.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { PlaceDialog } from './PlaceDialog.tsx'
import { RestoreDialog } from './RestoreDialog.tsx'
import { LONG_MS, TONES, type CopyRow, type From } from './rows.ts'
import { StatusPanel } from './StatusPanel.tsx'

type Open = { kind: 'place' } | { kind: 'export' } | { kind: 'restore'; from: From | null } | null

/** Copies of both places, how they stand, and what can be done with them. */
export function BackupsPage() {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open>(null)
  const run = useWrite('backups.run', { timeoutMs: LONG_MS })
  const close = () => setOpen(null)
  const body = (row: CopyRow) => (
    <CopyDetail key={row.name} row={row} onRestore={(from) => setOpen({ kind: 'restore', from })} />
  )
  return (
    <>
      <ListPage
        operation="backups.list"
        title={t('backups.title')}
        purpose={t('backups.purpose')}
        columns={columns(t)}
        rowKey={(row) => `${row.place} ${row.name}`}
        filters={filters(t)}
        input={({ place, file, state }) =>
          ({ ...(place && { place }), ...(file && { file }), ...(state && { state }) }) as object
        }
        empty={{ what: t('backups.empty'), todo: t('backups.emptyTodo') }}
        drawer={{
          title: (row) => t(`backups.file.${fileKey(row)}`),
          body,
        }}
        actions={<Actions busy={run.isPending} onRun={() => run.mutate({})} onOpen={setOpen} />}
        above={
          <>
            {run.error ? <ErrorState error={run.error} /> : null}
            <StatusPanel />
          </>
        }
        export="backups.list"
      />
      {open?.kind === 'place' ? <PlaceDialog onClose={close} /> : null}
      {open?.kind === 'export' ? <ExportDialog onClose={close} /> : null}
      {open?.kind === 'restore' ? <RestoreDialog from={open.from} onClose={close} /> : null}
    </>
  )
}

function Actions(props: { busy: boolean; onRun: () => void; onOpen: (open: Open) => void }) {
  const { t } = useTranslation()
  const more = [
    ['place', 'backups.setPlace', { kind: 'place' }],
    ['export', 'backups.export', { kind: 'export' }],
    ['restoreFile', 'backups.restore', { kind: 'restore', from: null }],
  ] as const
  return (
    <>
      {more.map(([key, operation, what]) => (
        <MayButton key={key} operation={operation} onClick={() => props.onOpen(what)}>
          {t(`backups.action.${key}`)}
        </MayButton>
      ))}
      <MayButton operation="backups.run" type="primary" loading={props.busy} onClick={props.onRun}>
        {t('backups.action.run')}
      </MayButton>
    </>
  )
}

const fileKey = ({ file }: Pick<CopyRow, 'file'>) => (file === 'site.db' ? 'site' : 'history')

const filters = (t: TFunction): Filter[] => [
  {
    kind: 'select',
    key: 'place',
    label: t('backups.place'),
    options: (['first', 'second'] as const).map((value) => ({
      value,
      label: t(`backups.placeName.${value}`),
    })),
  },
  {
    kind: 'select',
    key: 'file',
    label: t('backups.what'),
    options: (['site.db', 'history.db'] as const).map((file) => ({
      value: file,
      label: t(`backups.file.${fileKey({ file })}`),
    })),
  },
  {
    kind: 'select',
    key: 'state',
    label: t('backups.state'),
    options: (['good', 'bad', 'unchecked'] as const).map((value) => ({
      value,
      label: t(`backups.stateName.${value}`),
    })),
  },
]

const columns = (t: TFunction): Column<CopyRow>[] => [
  {
    key: 'madeAt',
    title: t('backups.madeAt'),
    width: 140,
    render: (row) => <Time at={row.madeAt} />,
    export: { format: 'time' },
  },
  { key: 'file', title: t('backups.what'), width: 140, render: (row) => t(`backups.file.${fileKey(row)}`) },
  {
    key: 'place',
    title: t('backups.place'),
    width: 120,
    render: (row) => t(`backups.placeName.${row.place}`),
  },
  {
    key: 'reason',
    title: t('backups.reason'),
    width: 120,
    render: (row) => t(`backups.reasonName.${row.reason}`),
  },
  {
    key: 'state',
    title: t('backups.state'),
    width: 140,
    render: (row) => <State tone={TONES[row.state]}>{t(`backups.stateName.${row.state}`)}</State>,
  },
  {
    key: 'bytes',
    title: t('backups.size'),
    width: 100,
    align: 'right',
    render: (row) => <span className="sd-figure">{formatBytes(row.bytes)}</span>,
    export: { format: 'integer' },
  },
  { key: 'name', title: t('backups.name'), width: 300 },
]
