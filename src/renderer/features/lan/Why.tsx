import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { Aligned } from './Aligned.tsx'
import { useLanWords, type Hint } from './use-words.ts'

export type Detail = Output<'lan.request'>

/** In one look: what is wrong and what to do; then the two texts and signatures, the difference marked. */
export function Why({ request }: { request: Detail }) {
  return (
    <div className="sd-stack">
      <Verdict request={request} />
      <Compared request={request} />
    </div>
  )
}

export function Verdict({ request }: { request: Detail }) {
  const { t } = useTranslation()
  const { hints } = request.signature
  if (hints.length === 0)
    return (
      <div className="lan-verdict" data-tone="good" role="status">
        <CheckCircleFilled aria-hidden />
        <div>
          <h2>{t(request.replayed ? 'lan.one.okReplayed' : 'lan.one.ok')}</h2>
        </div>
      </div>
    )
  return (
    <div className="lan-verdict" data-tone="bad" role="status">
      <CloseCircleFilled aria-hidden />
      <div>
        {hints.length > 1 ? <p>{t('lan.one.several', { n: hints.length })}</p> : null}
        {hints.map((hint) => (
          <Said key={hint.code} hint={hint} />
        ))}
      </div>
    </div>
  )
}

function Said({ hint }: { hint: Hint }) {
  const { what, todo } = useLanWords().hint(hint)
  return (
    <>
      <h2>{what}</h2>
      {todo ? <p>{todo}</p> : null}
    </>
  )
}

/** The accepted reading that is nearest to what was signed: the first is the one we send ourselves. */
export function nearest({ expected, signed }: Detail['signature']) {
  const same = expected.find(({ text }) => text === signed)
  return same ?? expected[0]
}

function Compared({ request }: { request: Detail }) {
  const { t } = useTranslation()
  const { signature, parameters } = request
  const expected = nearest(signature)
  if (!expected) return null
  const words = parameters.flatMap(({ name, value }) => [name, value])
  const wrong = request.code === 2
  return (
    <>
      {signature.signed !== null && signature.signed !== expected.text ? (
        <Aligned
          expected={{ label: t('lan.one.expectedText'), text: expected.text }}
          given={{ label: t('lan.one.theirText'), text: signature.signed }}
          words={words}
        />
      ) : (
        <Same
          label={t(signature.variant === null ? 'lan.one.expectedText' : 'lan.one.bothTexts')}
          text={expected.text}
        />
      )}
      {wrong ? (
        <Aligned
          expected={{ label: t('lan.one.expectedSignature'), text: nearestForm(expected, signature.given) }}
          given={{ label: t('lan.one.givenSignature'), text: signature.given }}
          words={[expected.value, expected.raw ?? '']}
        />
      ) : null}
      <p className="sd-quiet">{t('lan.one.jamIs')}</p>
    </>
  )
}

/** The signature in the form that the caller uses. */
const nearestForm = ({ value, raw }: { value: string; raw: string | null }, given: string): string =>
  raw !== null && given.length === raw.length ? raw : value

function Same({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <p className="lan-label">{label}</p>
      <pre className="sd-pre">{text}</pre>
    </div>
  )
}
