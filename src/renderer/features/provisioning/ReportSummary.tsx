import { useTranslation } from 'react-i18next'
import type { AcceptanceReport } from '#shared/contract/provisioning.ts'
import { Code } from '../../ui/figures.tsx'
import { humanSteps } from './stages.ts'
import { useRunWords } from './words.ts'

export type ReportedDevice = AcceptanceReport['content']['devices'][number]

/** `−58 / −54 / −49` */
export const signalText = ({ signal }: Pick<ReportedDevice, 'signal'>): string =>
  signal
    ? [signal.min, signal.median, signal.max].map((dbm) => String(dbm).replace('-', '−')).join(' / ')
    : '—'

/** Every charger of the run in one line. */
export function ReportSummary({ devices }: { devices: readonly ReportedDevice[] }) {
  const { t } = useTranslation()
  const words = useRunWords()
  return (
    <section>
      <h2>{t('provisioning.paper.summary')}</h2>
      <table className="sd-sheet report-summary">
        <thead>
          <tr>
            <th>{t('provisioning.create.line')}</th>
            <th data-align="left">{t('provisioning.paper.device')}</th>
            <th data-align="left">{t('provisioning.paper.result')}</th>
            <th>{t('provisioning.paper.signal')}</th>
            <th>{t('provisioning.paper.clock')}</th>
            <th>{t('provisioning.paper.humanMark')}</th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device, i) => (
            <tr key={device.name}>
              <td>{i + 1}</td>
              <td data-align="left" className="sd-wrap">
                {device.alias} <Code>{device.deviceCode}</Code>
                <br />
                <Code>{device.name}</Code>
              </td>
              <td data-align="left" className="sd-wrap">
                <strong>{t(`provisioning.count.${device.state}`)}</strong>
                {device.reason ? (
                  <>
                    <br />
                    {words.reason(device.reason)}
                  </>
                ) : null}
              </td>
              <td>{signalText(device)}</td>
              <td>
                {device.clockSkewS === null ? '—' : t('provisioning.paper.seconds', { n: device.clockSkewS })}
              </td>
              <td>{humanSteps(device).length}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
