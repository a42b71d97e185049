import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Code } from '../../ui/figures.tsx'
import { useLanWords } from './use-words.ts'

export type Expected = Output<'lan.sign'>['expected'][number]

/** One accepted signature: how it is read, what is signed, what is sent. */
export function ExpectedOne({ one }: { one: Expected }) {
  const { t } = useTranslation()
  const words = useLanWords()
  return (
    <section className="lan-expected">
      <h3>{words.variant(one.variant)}</h3>
      <pre className="sd-pre">{one.text}</pre>
      <p>
        <Code>{one.value}</Code>
        <CopyButton text={one.value} />
      </p>
      {one.raw === null ? null : (
        <p>
          <span className="sd-quiet">{t('lan.one.raw')}</span>
          <Code>{one.raw}</Code>
          <CopyButton text={one.raw} />
        </p>
      )}
    </section>
  )
}
