import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useRead } from '../../api/queries.ts'
import { readText, writePreference } from '../../app/preferences.ts'
import { useFormat, useSite } from '../../app/site.tsx'
import { formatMoney } from '../../app/format.ts'
import { PaperPage } from '../../ui/PaperPage.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { lowInput } from './low-input.ts'
import { RecordPaper } from './RecordPaper.tsx'
import './rooms.css'

const PER_PAGE = 6
/** More are printed in parts. */
const MOST = 600
const TEXT = 'rooms.notice.text'

interface Notice {
  readonly id: string
  readonly path: readonly string[]
  readonly balanceFen: number | null
  readonly balanceAt: number | null
}

/** Notices to put under doors: six an A4 page, to be cut apart; of the list as filtered, or of one room. */
export function PrintNotices() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const room = params.get('room')
  const [text, setText] = useState(() => readText(TEXT) ?? t('rooms.notice.textDefault'))
  const read = useNotices(params, room)
  const rows = read.data?.rows ?? []
  const back = new URLSearchParams(params)
  back.delete('room')
  return (
    <PaperPage
      title={t('rooms.notice.title')}
      back={{ to: `/rooms/low?${back.toString()}`, label: t('rooms.low.title') }}
      ready={rows.length > 0}
      tools={
        <>
          <Input
            className="notice-text"
            aria-label={t('rooms.notice.text')}
            maxLength={120}
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              writePreference(TEXT, event.target.value)
            }}
          />
          <RecordPaper rooms={rows.map(({ id }) => id)} />
        </>
      }
    >
      <Reading read={read}>{(data) => <Notices rows={data.rows} total={data.total} text={text} />}</Reading>
    </PaperPage>
  )
}

function useNotices(params: URLSearchParams, roomId: string | null) {
  const list = useRead(
    'rooms.lowBalance',
    { ...lowInput(Object.fromEntries(params)), limit: MOST },
    { enabled: roomId === null },
  )
  const one = useRead('rooms.get', { roomId: roomId ?? '-' }, { enabled: roomId !== null })
  if (roomId === null) return { data: list.data, error: list.error, refetch: list.refetch }
  const rows: readonly Notice[] = one.data ? [one.data] : []
  return { data: one.data ? { rows, total: 1 } : undefined, error: one.error, refetch: one.refetch }
}

function Notices(props: { rows: readonly Notice[]; total: number; text: string }) {
  const { t } = useTranslation()
  const { rows, total } = props
  if (rows.length === 0) return <EmptyState what={t('rooms.notice.none')} />
  const pages = Array.from({ length: Math.ceil(rows.length / PER_PAGE) }, (_, i) =>
    rows.slice(i * PER_PAGE, (i + 1) * PER_PAGE),
  )
  return (
    <>
      <p className="notice-count">
        {total > rows.length
          ? t('rooms.notice.cut', { n: rows.length })
          : t('rooms.notice.count', { n: rows.length })}
      </p>
      {pages.map((page) => (
        <div key={page[0]?.id} className="notice-page">
          {page.map((row) => (
            <OneNotice key={row.id} row={row} text={props.text} />
          ))}
        </div>
      ))}
    </>
  )
}

function OneNotice({ row, text }: { row: Notice; text: string }) {
  const { t } = useTranslation()
  const { hello, now } = useSite()
  const format = useFormat()
  // whom to call stands on the receipts already
  const template = useRead('receipts.template', {}).data
  const from = template?.organisation || hello.siteName
  return (
    <article className="notice">
      <h2>{t('rooms.notice.heading')}</h2>
      <p className="notice-room">
        <span>{row.path.slice(0, -1).join(' ')}</span>
        <strong>{row.path.at(-1)}</strong>
      </p>
      <p className="notice-balance">
        <span>{t('rooms.notice.balance')}</span>
        <strong className="sd-figure">{formatMoney(row.balanceFen)}</strong>
        <span>
          {row.balanceAt === null ? '' : t('rooms.notice.asOf', { time: format.time(row.balanceAt) })}
        </span>
      </p>
      <p>{text}</p>
      <footer>
        <span>
          {from}
          {template?.phone ? ` · ${t('rooms.notice.phone', { phone: template.phone })}` : ''}
        </span>
        <span className="sd-figure">{format.full(now()).slice(0, 10)}</span>
      </footer>
    </article>
  )
}
