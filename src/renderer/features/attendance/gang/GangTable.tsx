import { Button, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useKeyHint, usePageKey } from '../../../app/keys.tsx'
import { useFormat } from '../../../app/site.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { useFilters } from '../../../ui/filters.ts'
import { markColumn } from '../../../ui/marks.tsx'
import { EmptyState, Notice, WithReason } from '../../../ui/states.tsx'
import type { Lock } from '../../timesheets/lock.ts'
import { clockOf } from '../span.ts'
import { canAct, chosen, countOf, mainAct, STANDINGS, type GangAct, type GangRow } from './choose.ts'
import { gangColumns } from './columns.tsx'
import { DecideSheet } from './DecideSheet.tsx'
import { EndSheet } from './EndSheet.tsx'
import { useMarks } from './use-marks.ts'

type Gang = Output<'attendance.gang'>

interface Asked {
  readonly act: GangAct
  readonly rows: readonly GangRow[]
  readonly others: number
}

export function GangTable({ gang, lock }: { gang: Gang; lock: Lock | null }) {
  const { values, set } = useFilters(['show'])
  const show = STANDINGS.find((one) => one === values['show'])
  const rows = show === undefined ? gang.rows : gang.rows.filter(({ standing }) => standing === show)
  const marks = useMarks(rows)
  const { asked, ask, close } = useAsking(gang.mayKeep, marks.marked)
  return (
    <>
      <Head
        gang={gang}
        show={show ?? ''}
        marked={marks.marked}
        onShow={(next) => set({ show: next })}
        onAct={ask}
      />
      <Grid
        gang={gang}
        lock={lock}
        rows={rows}
        marks={marks}
        ready={asked === null}
        onEnter={(row) => ask(null, row)}
      />
      <Foot count={rows.length} marked={gang.mayKeep ? marks.marked.length : null} />
      <Sheets asked={asked} onDone={marks.clear} onClose={close} />
    </>
  )
}

/** What is asked about; nothing marked: the row under the cursor. */
function useAsking(mayKeep: boolean, marked: readonly GangRow[]) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const ask = (act: GangAct | null, cursor?: GangRow) => {
    const who = marked.length === 0 && cursor !== undefined && canAct(cursor) ? [cursor] : marked
    const what = act ?? mainAct(who)
    if (!mayKeep || what === null || asked !== null) return
    const found = chosen(who, what)
    if (found.rows.length > 0) setAsked({ act: what, ...found })
  }
  useKeyHint('↑ ↓', 'common.key.move')
  useKeyHint('Space', 'common.key.mark')
  useKeyHint('Ctrl+A', 'attendance.gang.key.all')
  useKeyHint('Enter', 'attendance.gang.key.act')
  usePageKey('r', 'attendance.gang.key.reject', () => ask('reject'))
  usePageKey('e', 'attendance.gang.key.end', () => ask('end'))
  return { asked, ask, close: () => setAsked(null) }
}

function Head(props: {
  gang: Gang
  show: string
  marked: readonly GangRow[]
  onShow: (next: string) => void
  onAct: (act: GangAct) => void
}) {
  const { t } = useTranslation()
  const { gang } = props
  return (
    <>
      {gang.mayKeep ? null : <Notice tone="neutral">{t('attendance.gang.readOnly')}</Notice>}
      <div className="sd-filters">
        <Shown gang={gang} show={props.show} onShow={props.onShow} />
        <span className="sd-filters-end">
          {gang.mayKeep ? <Acts marked={props.marked} onAct={props.onAct} /> : null}
        </span>
      </div>
    </>
  )
}

function Grid(props: {
  gang: Gang
  lock: Lock | null
  rows: readonly GangRow[]
  marks: ReturnType<typeof useMarks>
  /** nothing is asked: the keys are the table's */
  ready: boolean
  onEnter: (row: GangRow | undefined) => void
}) {
  const { gang, rows, marks, ready, onEnter } = props
  const { t } = useTranslation()
  const columns = useGangColumns(gang.asOf, props.lock)
  const mark = markColumn<GangRow>({
    has: marks.has,
    toggle: marks.toggle,
    title: t('attendance.gang.mark'),
    label: (row) => t('attendance.gang.markRow', { name: row.userName }),
  })
  const { toggle, toggleAll } = marks
  const keeps = { onOpen: toggle, onMark: toggle, onMarkAll: toggleAll, onEnter }
  return (
    <DataTable<GangRow>
      label={t('attendance.gang.title')}
      columns={gang.mayKeep ? [mark, ...columns] : columns}
      total={rows.length}
      rowAt={(index) => rows[index]}
      rowKey={(row) => row.user}
      takesFocus={ready}
      {...(gang.mayKeep ? keeps : {})}
      empty={
        gang.rows.length === 0 ? (
          <EmptyState what={t('attendance.gang.empty')} todo={t('attendance.members.emptyTodo')} />
        ) : (
          <EmptyState what={t('attendance.gang.noneOf')} />
        )
      }
    />
  )
}

function useGangColumns(asOf: number, lock: Lock | null) {
  const { t } = useTranslation()
  const { zone } = useFormat()
  return useMemo(() => {
    const usual = ({ suggestedOut: at }: GangRow) =>
      at === null ? '' : t('attendance.gang.usual', { time: clockOf(at, zone) })
    return gangColumns({ t, now: asOf, lock, usual })
  }, [t, asOf, lock, zone])
}

/** `marked` null: only read. */
function Foot({ count, marked }: { count: number; marked: number | null }) {
  const { t } = useTranslation()
  return (
    <footer className="sd-totals">
      <span className="sd-figure">{t('attendance.people', { n: count })}</span>
      {marked === null ? null : (
        <span className="sd-figure">
          {marked === 0 ? t('attendance.gang.nothingMarked') : t('attendance.gang.marked', { n: marked })}
        </span>
      )}
    </footer>
  )
}

function Sheets(props: { asked: Asked | null; onDone: () => void; onClose: () => void }) {
  const { asked, ...rest } = props
  if (asked === null) return null
  if (asked.act === 'end') return <EndSheet rows={asked.rows} others={asked.others} {...rest} />
  return <DecideSheet decision={asked.act} rows={asked.rows} others={asked.others} {...rest} />
}

function Shown({ gang, show, onShow }: { gang: Gang; show: string; onShow: (next: string) => void }) {
  const { t } = useTranslation()
  const options = [
    { value: '', label: `${t('attendance.gang.all')} ${gang.rows.length}` },
    ...STANDINGS.map((value) => ({
      value,
      label: `${t(`attendance.gang.standing.${value}`)} ${countOf(gang.rows, value)}`,
    })),
  ]
  return <Segmented aria-label={t('attendance.gang.show')} options={options} value={show} onChange={onShow} />
}

function Acts({ marked, onAct }: { marked: readonly GangRow[]; onAct: (act: GangAct) => void }) {
  const { t } = useTranslation()
  const pending = chosen(marked, 'confirm').rows.length
  const working = chosen(marked, 'end').rows.length
  const none = (count: number, words: 'noPending' | 'noWorking') =>
    marked.length === 0
      ? t('attendance.gang.nothingMarked')
      : count === 0
        ? t(`attendance.gang.${words}`)
        : null
  const button = (act: GangAct, count: number, words: 'noPending' | 'noWorking', primary: boolean) => (
    <WithReason reason={none(count, words)}>
      <Button type={primary ? 'primary' : 'default'} disabled={count === 0} onClick={() => onAct(act)}>
        {count === 0 ? t(`attendance.gang.${act}`) : t(`attendance.gang.${act}N`, { n: count })}
      </Button>
    </WithReason>
  )
  return (
    <>
      {button('reject', pending, 'noPending', false)}
      {button('end', working, 'noWorking', pending === 0 && working > 0)}
      {button('confirm', pending, 'noPending', pending > 0)}
    </>
  )
}
