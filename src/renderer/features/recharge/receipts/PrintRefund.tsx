import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { IntentRow } from '#shared/contract/recharge.ts'
import { moneyWords } from '#shared/money-words.ts'
import { formatYuan } from '#shared/money.ts'
import { useRead } from '../../../api/queries.ts'
import { useFormat } from '../../../app/site.tsx'
import { Facts, type Fact } from '../../../ui/figures.tsx'
import { PaperHead, PaperPage, Signatures } from '../../../ui/PaperPage.tsx'
import { EmptyState, Reading } from '../../../ui/states.tsx'
import { REFUND_STATES, REFUND_WORDS, TENDER_WORDS } from './paper-words.ts'

/** A refund on paper (退款单), to be signed by those who asked, decided and received. */
export function PrintRefund() {
  const { t } = useTranslation()
  const { intentId = '' } = useParams()
  const sale = useRead('recharge.get', { id: intentId }, { keepPrevious: false })
  const refund = sale.data?.refund ?? null
  return (
    <PaperPage
      title={`${REFUND_WORDS.title} ${sale.data?.outTradeNo ?? ''}`.trim()}
      back={{ to: `/recharge/records/${intentId}`, label: t('recharge.detail.title') }}
      ready={refund !== null}
    >
      <Reading read={sale}>
        {(data) =>
          data.refund ? (
            <Sheet sale={data} refund={data.refund} />
          ) : (
            <EmptyState what={t('recharge.detail.noRefund')} />
          )
        }
      </Reading>
    </PaperPage>
  )
}

interface SheetProps {
  readonly sale: IntentRow
  readonly refund: NonNullable<IntentRow['refund']>
}

function Sheet({ sale, refund }: SheetProps) {
  const { full } = useFormat()
  const time = (at: number | null) => (at === null ? '' : full(at).slice(0, 16))
  const facts: Fact[] = [
    { label: REFUND_WORDS.orderNo, value: sale.outTradeNo },
    { label: REFUND_WORDS.receiptNo, value: sale.receiptNo },
    { label: REFUND_WORDS.room, value: sale.roomPath.join(' / ') },
    { label: REFUND_WORDS.paidAt, value: time(sale.createdAt) },
    { label: REFUND_WORDS.amount, value: `¥${formatYuan(sale.amountFen)}` },
    { label: REFUND_WORDS.words, value: moneyWords(sale.amountFen) },
    { label: REFUND_WORDS.tender, value: TENDER_WORDS[sale.tender] },
    { label: REFUND_WORDS.operator, value: sale.operator },
  ]
  const course: Fact[] = [
    { label: REFUND_WORDS.reason, value: refund.reason },
    { label: REFUND_WORDS.state, value: REFUND_STATES[refund.state] },
    { label: REFUND_WORDS.requestedBy, value: refund.requestedBy },
    { label: REFUND_WORDS.requestedAt, value: time(refund.requestedAt) },
    { label: REFUND_WORDS.decidedBy, value: refund.decidedBy },
    { label: REFUND_WORDS.decidedAt, value: time(refund.decidedAt) },
    { label: REFUND_WORDS.decision, value: refund.decisionReason },
    { label: REFUND_WORDS.posted, value: refund.postedNote },
    { label: REFUND_WORDS.postedBy, value: refund.postedBy },
    { label: REFUND_WORDS.postedAt, value: time(refund.postedAt) },
  ]
  return (
    <div lang="zh-CN" className="sd-stack">
      <PaperHead title={REFUND_WORDS.title} of={REFUND_STATES[refund.state]} />
      <Facts facts={facts} />
      <section className="paper-block">
        <h2>{REFUND_WORDS.course}</h2>
        <Facts facts={course} />
      </section>
      <Signatures names={REFUND_WORDS.signs} />
    </div>
  )
}
