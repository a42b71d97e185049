import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { moneyWords } from '#shared/money-words.ts'
import { useFormat } from '../../../app/site.tsx'
import { MayButton } from '../../../app/why-not.tsx'
import { Money } from '../../../ui/figures.tsx'
import type { Sale } from './flow.ts'
import { useArmed, useDeskKey } from './use-desk-keys.ts'

/** What is about to be posted, whole: path, amount in figures and words, how it is paid, balance before. */
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
  const ready = armed && !posting
  useEffect(() => sheet.current?.focus(), [])
  useDeskKey('Enter', () => {
    if (ready) props.onPost()
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
      <Sum sale={sale} />
      <div className="sd-actions sd-actions-end">
        <span className="sd-quiet" aria-live="polite">
          {armed ? '' : t('recharge.confirm.arming')}
        </span>
        <Button size="large" disabled={posting} onClick={props.onBack}>
          {t('recharge.confirm.back')} <kbd>Esc</kbd>
        </Button>
        <MayButton
          operation="recharge.create"
          type="primary"
          size="large"
          disabled={!ready}
          onClick={props.onPost}
        >
          {posting ? t('recharge.confirm.posting') : t('recharge.confirm.post')} <kbd>Enter</kbd>
        </MayButton>
      </div>
    </section>
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
    </div>
  )
}
