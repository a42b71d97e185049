import { useLayoutEffect, useRef, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import type { Paper, Receipt } from '#shared/contract/receipts.ts'
import { useRead } from '../../../api/queries.ts'
import { useSite } from '../../../app/site.tsx'
import { Reading } from '../../../ui/states.tsx'
import { PAPERS, readPrintChoice } from '../remembered.ts'
import { pageOf, pageRule } from './paper-size.ts'
import { paperOf } from './print.ts'
import { ReceiptPaper } from './ReceiptPaper.tsx'
import './print-view.css'

/** One receipt alone on a page of its own size: `#/print/receipt/<intentId>?paper=roll58`. */
export function PrintView() {
  const { intentId = '' } = useParams()
  const [params] = useSearchParams()
  const receipt = useRead('receipts.get', { intentId }, { keepPrevious: false })
  const asked = PAPERS.find((paper) => paper === params.get('paper'))
  return (
    <Reading read={receipt}>
      {(data) => <Page receipt={data} paper={asked ?? paperOf(data, readPrintChoice())} />}
    </Reading>
  )
}

function Page({ receipt, paper }: { receipt: Receipt; paper: Paper }) {
  const { zone, now } = useSite()
  const [at] = useState(now)
  const sheet = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const height = sheet.current?.getBoundingClientRect().height ?? 0
    const rule = document.createElement('style')
    rule.textContent = pageRule(pageOf(paper, height))
    document.head.append(rule)
    return () => rule.remove()
  })
  return (
    <main className="rp-page">
      <div ref={sheet}>
        <ReceiptPaper receipt={receipt} paper={paper} zone={zone} now={at} />
      </div>
    </main>
  )
}
