import { encode } from 'uqr'
import type { Paper, Receipt } from '#shared/contract/receipts.ts'
import { formatYuan } from '#shared/money.ts'
import { formatDateTime, type ZoneOffset } from '#shared/time.ts'
import { formatMoney } from '../../../app/format.ts'
import { PRINTABLE_MM } from './paper-size.ts'
import { TENDER_WORDS, WORDS } from './paper-words.ts'
import './paper.css'

export interface ReceiptPaperProps {
  readonly receipt: Receipt
  readonly paper: Paper
  readonly zone: ZoneOffset
  /** when it is printed, epoch ms */
  readonly now: number
  readonly sample?: SampleKind
}

/** Invented receipts: the template editor's, and the one that tries a printer. */
export type SampleKind = 'preview' | 'test'

/** 0: the first copy; n: the n-th reprint, marked 补打 n. */
export const reprintOf = (receipt: Pick<Receipt, 'state' | 'copies'>): number =>
  receipt.state === 'printed' ? receipt.copies + 1 : 0

/** The receipt as it stands on paper: no hooks, no theme, black on white, sizes in mm and pt. */
export function ReceiptPaper(props: ReceiptPaperProps) {
  const { receipt, paper, sample } = props
  const { template } = receipt
  const reprint = reprintOf(receipt)
  return (
    <article className="rp" data-paper={paper} lang="zh-CN">
      <header className="rp-head">
        {template.organisation ? <p className="rp-org">{template.organisation}</p> : null}
        <h1>{template.title}</h1>
        {reprint > 0 && !sample ? (
          <p className="rp-mark">
            {WORDS.reprint} {reprint}
          </p>
        ) : null}
        {sample ? <p className="rp-mark">{WORDS.sample[sample]}</p> : null}
      </header>
      <dl className="rp-lines">
        <Line label={WORDS.number} value={receipt.number} mono />
        <Line label={WORDS.at} value={formatDateTime(receipt.at, props.zone)} mono />
        <Line label={WORDS.room} value={receipt.roomPath.join(' / ')} wide />
        {receipt.meters.length > 0 ? (
          <Line label={WORDS.meters} value={receipt.meters.join('、')} mono wide />
        ) : null}
        <Line label={WORDS.tender} value={TENDER_WORDS[receipt.tender]} />
        {template.showOperator ? <Line label={WORDS.operator} value={receipt.operator} /> : null}
      </dl>
      <dl className="rp-sum">
        <dt>{WORDS.amount}</dt>
        <dd className="rp-amount">¥{formatYuan(receipt.amountFen)}</dd>
        <dt>{WORDS.words}</dt>
        <dd className="rp-words">{receipt.amountWords}</dd>
      </dl>
      {template.showBalance ? <Balances receipt={receipt} /> : null}
      <Foot {...props} />
    </article>
  )
}

function Line(props: { label: string; value: string; mono?: boolean; wide?: boolean }) {
  return (
    <div data-wide={props.wide ? '' : undefined}>
      <dt>{props.label}</dt>
      <dd className={props.mono ? 'rp-mono' : undefined}>{props.value}</dd>
    </div>
  )
}

function Balances({ receipt }: { receipt: Receipt }) {
  const { balanceBeforeFen, balanceAfterFen } = receipt
  return (
    <dl className="rp-balances">
      <div>
        <dt>{WORDS.before}</dt>
        <dd>{formatMoney(balanceBeforeFen)}</dd>
      </div>
      <div>
        <dt>{WORDS.after}</dt>
        <dd>{balanceAfterFen === null ? WORDS.pending : formatMoney(balanceAfterFen)}</dd>
      </div>
    </dl>
  )
}

function Foot({ receipt, paper, zone, now, sample }: ReceiptPaperProps) {
  const { template } = receipt
  return (
    <footer className="rp-foot">
      <div className="rp-order">
        {template.showQr ? <Qr text={receipt.outTradeNo} /> : null}
        <p>
          <span>{WORDS.orderNo}</span>
          <span className="rp-mono">{receipt.outTradeNo}</span>
          {template.showQr ? <span className="rp-small">{WORDS.scan}</span> : null}
        </p>
      </div>
      {paper === 'a4half' ? (
        <div className="rp-signs">
          <span>{WORDS.payer}</span>
          <span>{WORDS.seal}</span>
        </div>
      ) : null}
      {sample === 'test' ? <Ruler widthMm={PRINTABLE_MM[paper]} /> : null}
      {template.footer ? <p className="rp-note">{template.footer}</p> : null}
      <p className="rp-small">
        {template.phone ? `${WORDS.phone} ${template.phone}　` : ''}
        {WORDS.printed} {formatDateTime(now, zone)}
      </p>
    </footer>
  )
}

const CM = 10

/** As wide as the print: it shows whether a driver cut or shrank anything. */
function Ruler({ widthMm }: { widthMm: number }) {
  const ticks = Array.from({ length: Math.floor(widthMm / CM) + 1 }, (_, i) => i * CM)
  return (
    <>
      <svg
        className="rp-ruler"
        style={{ width: `${widthMm}mm` }}
        viewBox={`0 0 ${widthMm} 5`}
        role="img"
        aria-label={`${widthMm} mm`}
      >
        {ticks.map((x) => (
          <path key={x} d={`M${x} 1v4`} />
        ))}
        <path d={`M0 5H${widthMm}M${widthMm} 0v5`} />
      </svg>
      <p className="rp-small">{WORDS.ruler(widthMm)}</p>
    </>
  )
}

/** One path, whole modules: it stays sharp on a 203 dpi roll. Level M survives a fold. */
function Qr({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      className="rp-qr"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={text}
    >
      <path d={path} />
    </svg>
  )
}
