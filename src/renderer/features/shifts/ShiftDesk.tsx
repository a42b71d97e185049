import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead } from '../../api/queries.ts'
import { usePageKey } from '../../app/keys.tsx'
import { useMay } from '../../app/site.tsx'
import { DeskPage, Panel } from '../../ui/DeskPage.tsx'
import { State, Time } from '../../ui/figures.tsx'
import { Reading } from '../../ui/states.tsx'
import { CountForm } from './CountForm.tsx'
import { DifferenceStep } from './DifferenceStep.tsx'
import { OpenReport } from './OpenReport.tsx'
import { OpenShift } from './OpenShift.tsx'
import { Signed } from './Signed.tsx'
import { STATE_TONES } from './tones.ts'
import { useClose } from './use-close.ts'
import './shifts.css'

/** One's own shift (交接班): open it, see where it stands, move cash, count and close. */
export function ShiftDesk() {
  const { t } = useTranslation()
  const current = useRead('shifts.current', {})
  return (
    <DeskPage title={t('shifts.title')} purpose={t('shifts.purpose')} side={<Recent />}>
      <Reading read={current} lines={8}>
        {({ shift }) => (shift ? <Running key={shift.id} /> : <OpenShift />)}
      </Reading>
    </DeskPage>
  )
}

function Running() {
  const close = useClose()
  const { step } = close
  usePageKey('Escape', 'common.key.back', () => {
    if (step.at === 'difference') close.toCount()
    else if (step.at === 'count') close.toReport()
  })
  if (step.at === 'count')
    return (
      <CountForm
        pieces={close.pieces}
        onPieces={close.setPieces}
        onSubmit={() => close.send()}
        onBack={close.toReport}
        busy={close.busy}
        error={close.error}
      />
    )
  if (step.at === 'difference')
    return (
      <DifferenceStep
        difference={step.difference}
        busy={close.busy}
        error={close.error}
        onReason={close.send}
        onAgain={close.again}
      />
    )
  return <OpenReport onCount={close.toCount} />
}

const SHOWN = 8

function Recent() {
  const { t } = useTranslation()
  const may = useMay('cashier', 'supervisor')
  const list = useRead('shifts.list', { limit: SHOWN }, { enabled: may })
  return (
    <Panel title={t('shifts.recent')} extra={<Link to="/shifts/list">{t('shifts.all')}</Link>}>
      <Reading read={list} lines={4}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="sd-quiet">{t('shifts.recentNone')}</p>
          ) : (
            <ul className="shift-recent">
              {rows.map((row) => (
                <li key={row.id}>
                  <Link to={`/shifts/${encodeURIComponent(row.id)}`}>
                    <span>
                      {t('shifts.numberOf', { n: row.number })} · {row.operator}
                    </span>
                    <State tone={STATE_TONES[row.state]}>{t(`shifts.stateName.${row.state}`)}</State>
                    <span className="sd-quiet">
                      <Time at={row.openedAt} />
                    </span>
                    {row.state === 'open' ? <span /> : <Signed fen={row.differenceFen} />}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
    </Panel>
  )
}
