import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { moneyWords } from '#shared/money-words.ts'
import { useFormat } from '../../../app/site.tsx'
import { MayButton } from '../../../app/why-not.tsx'
import { Code, Money } from '../../../ui/figures.tsx'
import type { Sale } from './flow.ts'
import { useCampusAway, type CampusAway } from './use-campus-away.ts'
import { useArmed, useDeskKey } from './use-desk-keys.ts'

/** What is about to be posted, whole: path, amount in figures and words, how it is paid, balance before and after. */
export function ConfirmSheet(props: {
  sale: Sale
  posting: boolean
  onPost: () => void
  onBack: () => void
}) {
  const { t } = useTranslation()
  const { sale, posting } = props
  const sheet = useRef<HTMLElement>(null)
  const armed = useArmed()
  const campus = useCampusAway(sale.roomId)
  const ready = armed && !posting && campus.away === null
  useEffect(() => sheet.current?.focus(), [])
  useDeskKey('Enter', () => {
    if (ready) props.onPost()
    else if (campus.away === 'offline') campus.lookAgain()
  })
  return (
    <section
      ref={sheet}
      tabIndex={-1}
      role="dialog"
      aria-label={t('recharge.confirm.title')}
      className="sd-panel rd-sheet"
    >
      <h2>{t('recharge.confirm.title')}</h2>
      <p className="rd-path">{sale.roomPath.join(' / ')}</p>
      <p className="sd-quiet rd-confirm-meters">
        {t('recharge.confirm.meters')}{' '}
        {sale.meters.length === 0
          ? t('recharge.room.noMeters')
          : sale.meters.map((number) => <Code key={number}>{number}</Code>)}
      </p>
      <Sum sale={sale} />
      {campus.away === null ? null : <Away campus={campus} />}
      <div className="sd-actions sd-actions-end">
        <span className="sd-quiet" aria-live="polite">
          {armed || campus.away !== null ? '' : t('recharge.confirm.arming')}
        </span>
        <Button size="large" disabled={posting} onClick={props.onBack}>
          {t('recharge.confirm.back')} <kbd>Esc</kbd>
        </Button>
        <MayButton
          operation="recharge.create"
          type="primary"
          size="large"
          disabled={!ready}
          reason={campus.away === null ? null : t(`recharge.confirm.away.${campus.away}`)}
          onClick={props.onPost}
        >
          {posting ? t('recharge.confirm.posting') : t('recharge.confirm.post')} <kbd>Enter</kbd>
        </MayButton>
      </div>
    </section>
  )
}

/** Nothing leaves while the platform is away, and nothing waits to leave later: why, and the read that ends it. */
function Away({ campus }: { campus: CampusAway }) {
  const { t } = useTranslation()
  const { away, looking, lookAgain } = campus
  if (away === null) return null
  return (
    <div className="rd-away" role="alert">
      <span>{t(`recharge.confirm.away.${away}`)}</span>
      {away === 'offline' ? (
        <Button loading={looking} onClick={lookAgain}>
          {t('recharge.confirm.lookAgain')} <kbd>Enter</kbd>
        </Button>
      ) : (
        <span>{t('recharge.refusal.stopped.todo')}</span>
      )}
    </div>
  )
}

function Sum({ sale }: { sale: Sale }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="rd-sum">
      <span className="sd-quiet">{t('recharge.confirm.amount')}</span>
      <Money fen={sale.amountFen} large />
      <span className="sd-quiet">{t('recharge.confirm.words')}</span>
      <strong className="rd-words" lang="zh-CN">
        {moneyWords(sale.amountFen)}
      </strong>
      <span className="sd-quiet">{t('recharge.confirm.tender')}</span>
      <span className="rd-right">{t(`recharge.tender.${sale.tender}`)}</span>
      <span className="sd-quiet">
        {t('recharge.confirm.before')}
        {sale.balanceAt === null
          ? ''
          : ` · ${t('recharge.confirm.asOf', { time: format.time(sale.balanceAt) })}`}
      </span>
      {sale.balanceFen === null ? (
        <span className="rd-right">{t('recharge.confirm.unknownBalance')}</span>
      ) : (
        <Money fen={sale.balanceFen} />
      )}
      <span className="sd-quiet">{t('recharge.confirm.after')}</span>
      {sale.balanceFen === null ? (
        <span className="rd-right">{t('recharge.confirm.unknownBalance')}</span>
      ) : (
        <Money fen={sale.balanceFen + sale.amountFen} />
      )}
    </div>
  )
}
