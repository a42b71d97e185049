import { Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead } from '../../../api/queries.ts'
import { formatMoney } from '../../../app/format.ts'
import { useFormat, useTick } from '../../../app/site.tsx'
import { Panel } from '../../../ui/DeskPage.tsx'
import { Money, State } from '../../../ui/figures.tsx'
import { PAPERS, usePrintChoice, type PrintChoice } from '../remembered.ts'
import { OPEN_STATES, toneOf } from '../states.ts'
import { TestPage } from '../receipts/TestPage.tsx'
import { usePrinters } from '../receipts/use-printers.ts'
import { Next } from './Waiting.tsx'

/** Context, never needed to go on: what still waits, the shift, the printer. */
export function DeskSide(props: { shown: string | null; onShow: (intentId: string) => void }) {
  return (
    <>
      <Open {...props} />
      <Shift />
      <Printing />
    </>
  )
}

/** Sales without an outcome, of this visit and of any before: a reload forgets none. */
function Open({ shown, onShow }: { shown: string | null; onShow: (intentId: string) => void }) {
  const { t } = useTranslation()
  const { now } = useFormat()
  const open = useRead('recharge.list', { state: [...OPEN_STATES], limit: 20 }, { everyMs: 5000 })
  useTick(1000)
  const all = open.data?.rows ?? []
  const rows = all.filter(({ id }) => id !== shown)
  const none = all.length === 0 ? 'recharge.side.openNone' : 'recharge.side.openNoOther'
  return (
    <Panel title={t('recharge.side.open')}>
      {rows.length === 0 ? <p className="sd-quiet">{t(none)}</p> : null}
      <ul hidden={rows.length === 0} className="rd-open">
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => onShow(row.id)}>
              <span className="rd-open-room">{row.roomPath.slice(-2).join(' / ')}</span>
              <Money fen={row.amountFen} />
              <State tone={toneOf(row.state)}>{t(`recharge.state.${row.state}`)}</State>
              <span className="sd-quiet">
                {row.state === 'UNKNOWN' || row.state === 'DISPUTED' ? (
                  <Next intent={row} now={now()} />
                ) : null}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Shift() {
  const { t } = useTranslation()
  const format = useFormat()
  const current = useRead('shifts.current', {})
  const waiting = useRead('receipts.list', { state: 'waiting', limit: 1 })
  if (!current.data) return null
  const { shift } = current.data
  return (
    <Panel title={t('recharge.side.shift')}>
      {shift ? (
        <p>
          {t('recharge.side.shiftSince', { n: shift.number, time: format.time(shift.openedAt) })}
          <br />
          <span className="sd-quiet">
            {t('recharge.side.shiftFloat')} {formatMoney(shift.cashFloatFen)}
          </span>
        </p>
      ) : (
        <p className="sd-quiet">{t('recharge.side.shiftNone')}</p>
      )}
      {(waiting.data?.total ?? 0) > 0 ? (
        <p>
          <Link to="/recharge/receipts?state=waiting">
            {t('recharge.side.waitingReceipts')} {waiting.data?.total}
          </Link>
        </p>
      ) : null}
    </Panel>
  )
}

/** Paper and printer of this computer. */
function Printing() {
  const { t } = useTranslation()
  const [choice, change] = usePrintChoice()
  const printers = usePrinters()
  const papers = [
    { value: 'template' as const, label: t('recharge.print.ofTemplate') },
    ...PAPERS.map((value) => ({ value, label: t(`receipts.paperName.${value}`) })),
  ]
  return (
    <Panel title={t('recharge.print.title')}>
      <div className="rd-printing">
        <label className="sd-field">
          {t('recharge.print.paper')}
          <Select<PrintChoice['paper']>
            value={choice.paper}
            options={papers}
            onChange={(paper) => change({ paper })}
          />
        </label>
        {printers === null ? null : (
          <label className="sd-field">
            {t('recharge.print.printer')}
            <Select
              value={choice.printer}
              options={[{ value: '', label: t('recharge.print.standard') }, ...printers]}
              onChange={(printer) => change({ printer })}
            />
          </label>
        )}
        <Checkbox checked={choice.auto} onChange={(event) => change({ auto: event.target.checked })}>
          {t('recharge.print.auto')}
        </Checkbox>
        <span className="sd-quiet">{t('recharge.print.remembered')}</span>
        <TestPage />
      </div>
    </Panel>
  )
}
