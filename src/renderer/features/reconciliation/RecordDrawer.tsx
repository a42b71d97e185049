import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReconciliationRecord } from '#shared/contract/reconciliation.ts'
import { Code, Facts, Money, State, Time } from '../../ui/figures.tsx'
import { CLASS_TONES } from './classes.ts'
import { channel } from './columns.tsx'

export const recordBody = (row: ReconciliationRecord) => <RecordDrawer row={row} />

function RecordDrawer({ row }: { row: ReconciliationRecord }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <p>
        <State tone={CLASS_TONES[row.class]}>{t(`reconciliation.class.${row.class}`)}</State>{' '}
        <span className="sd-quiet">{t(`reconciliation.hint.${row.class}`)}</span>
      </p>
      <Facts
        facts={[
          { label: t('reconciliation.room'), value: row.roomPath.join(' / ') },
          { label: t('reconciliation.here'), value: <Money fen={row.hereFen} /> },
          { label: t('reconciliation.upstream'), value: <Money fen={row.upstreamFen} /> },
          {
            label: t('reconciliation.intentState'),
            value: row.state === null ? '' : t(`recharge.state.${row.state}`),
          },
          { label: t('reconciliation.at'), value: <Time at={row.at} /> },
          { label: t('reconciliation.operator'), value: row.operator },
          { label: t('reconciliation.channel'), value: channel(t, row.tradeType) },
          { label: t('reconciliation.orderNo'), value: <Code>{row.outTradeNo}</Code> },
        ]}
      />
      {row.intentId === null ? (
        <p className="sd-quiet">{t('reconciliation.noIntent')}</p>
      ) : (
        <Link to={`/recharge/records/${encodeURIComponent(row.intentId)}`}>
          {t('reconciliation.openIntent')}
        </Link>
      )}
    </div>
  )
}
