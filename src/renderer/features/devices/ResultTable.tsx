import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { Code, State } from '../../ui/figures.tsx'

type Results = Output<'devices.updateMany'>['results']

/** One line a charger of what became of it; those that were refused first. */
export function ResultTable({ results }: { results: Results }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const ok = results.filter((result) => result.ok).length
  return (
    <div className="sd-stack">
      <strong>{t('devices.batch.results', { ok, failed: results.length - ok })}</strong>
      <div className="device-scroll">
        <table className="sd-plain">
          <thead>
            <tr>
              <th>{t('devices.deviceCode')}</th>
              <th>{t('devices.batch.result')}</th>
            </tr>
          </thead>
          <tbody>
            {results
              .toSorted((a, b) => Number(a.ok) - Number(b.ok))
              .map(({ deviceCode, error }) => (
                <tr key={deviceCode}>
                  <td>
                    <Code>{deviceCode}</Code>
                  </td>
                  <td>
                    {error ? (
                      <State tone="bad">{text('deviceError', error.code, error.data)}</State>
                    ) : (
                      t('devices.batch.ok')
                    )}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
