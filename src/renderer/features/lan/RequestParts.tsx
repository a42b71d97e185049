import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Code } from '../../ui/figures.tsx'
import { ExpectedOne } from './ExpectedOne.tsx'
import type { Detail } from './Why.tsx'

export function Parameters({ request: { parameters } }: { request: Detail }) {
  const { t } = useTranslation()
  if (parameters.length === 0) return <p className="sd-quiet">{t('lan.one.noParameters')}</p>
  return (
    <table className="sd-plain">
      <thead>
        <tr>
          <th scope="col">{t('lan.one.name')}</th>
          <th scope="col">{t('lan.one.value')}</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">
              <Code>{name}</Code>
            </th>
            <td className="lan-value">
              <Code>{value}</Code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Accepted({ request: { signature } }: { request: Detail }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <p className="sd-quiet">{t('lan.one.acceptedPurpose')}</p>
      {signature.expected.map((one) => (
        <ExpectedOne key={one.variant} one={one} />
      ))}
    </div>
  )
}

/** As it was sent, with line breaks where it is JSON. */
export function Answer({ request: { answer } }: { request: Detail }) {
  return (
    <div>
      <CopyButton text={answer} />
      <pre className="sd-pre">{pretty(answer)}</pre>
    </div>
  )
}

function pretty(answer: string): string {
  try {
    return JSON.stringify(JSON.parse(answer), null, 2)
  } catch {
    return answer
  }
}
