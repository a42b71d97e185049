import { ArrowLeftOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat, useSite } from '../app/site.tsx'
import { SavePaper } from './SavePaper.tsx'
import './paper.css'

export interface PaperPageProps {
  /** what is printed: stands in the window's title, so in the name of a PDF, and in the footer */
  readonly title: string
  readonly back: { readonly to: string; readonly label: string }
  /** false: nothing to print yet */
  readonly ready?: boolean
  /** lies on its long side */
  readonly landscape?: boolean
  /** offered as an exact A4 file of this name too */
  readonly pdf?: string
  /** beside the print button; never printed */
  readonly tools?: ReactNode
  readonly children: ReactNode
}

/** Paper, A4: shown as it will come out; no frame of the console; what, when, who and the page in the footer. */
export function PaperPage({
  title,
  back,
  ready = true,
  landscape = false,
  pdf,
  tools,
  children,
}: PaperPageProps) {
  const { t } = useTranslation()
  const foot = useFoot(title)
  const sheet = useRef<HTMLElement>(null)
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div className="paper-desk" data-landscape={landscape ? '' : undefined}>
      <style>{pageRule(foot, landscape)}</style>
      <header className="paper-tools">
        <Link to={back.to}>
          <ArrowLeftOutlined /> {back.label}
        </Link>
        <Button type="primary" icon={<PrinterOutlined />} disabled={!ready} onClick={() => window.print()}>
          {t('paper.print')}
        </Button>
        {pdf === undefined ? null : (
          <SavePaper name={pdf} sheet={sheet} foot={foot} landscape={landscape} ready={ready} />
        )}
        {tools ?? <span className="sd-quiet">{t('paper.hint')}</span>}
      </header>
      <main ref={sheet} className="paper-sheet">
        {children}
        <footer className="paper-foot">{foot}</footer>
      </main>
    </div>
  )
}

function useFoot(title: string): string {
  const { t } = useTranslation()
  const { hello, now } = useSite()
  const format = useFormat()
  const who = hello.operator?.name ?? ''
  const practice = hello.demo ? t('paper.practice') : ''
  return [practice, hello.siteName, title, t('paper.printed', { time: format.full(now()).slice(0, 16), who })]
    .filter(Boolean)
    .join(' · ')
}

const quoted = (text: string) => `"${text.replaceAll(/["\\<\n\r]/g, ' ')}"`

/** Only while this paper is shown: another paper has another size. */
const pageRule = (foot: string, landscape: boolean) => `@page {
  size: A4 ${landscape ? 'landscape' : 'portrait'};
  margin: 16mm 15mm 18mm;
  @bottom-left { content: ${quoted(foot)}; font: 8pt/1.2 var(--font, sans-serif); color: black; width: 80% }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt/1.2 var(--font, sans-serif); color: black }
}`

/** The head of a report: what it is, of what. */
export function PaperHead({ title, of }: { title: string; of: ReactNode }) {
  const { hello } = useSite()
  return (
    <header className="paper-head">
      <span>{hello.siteName}</span>
      <h1>{title}</h1>
      <span>{of}</span>
    </header>
  )
}

/** Lines to sign on. */
export function Signatures({ names }: { names: readonly string[] }) {
  return (
    <div className="paper-signs">
      {names.map((name) => (
        <span key={name}>{name}</span>
      ))}
    </div>
  )
}
