import { useTranslation } from 'react-i18next'
import type { Step } from '#shared/contract/provisioning.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { useFormat } from '../../app/site.tsx'
import { Code, Facts } from '../../ui/figures.tsx'
import { signalText, type ReportedDevice } from './ReportSummary.tsx'
import { useRunWords } from './words.ts'

/** One charger on a page of its own: every step with what it rests on, failing steps first with
 * their raw exchange, and everything that was said. */
export function ReportDevice(props: { device: ReportedDevice; number: number; total: number }) {
  const { t } = useTranslation()
  const words = useRunWords()
  const { device, number, total } = props
  const failed = device.steps.filter(({ state }) => state === 'failed')
  return (
    <section className="report-device">
      <header className="report-head">
        <h2>
          {device.alias} <Code>{device.deviceCode}</Code>
        </h2>
        <strong>{t(`provisioning.count.${device.state}`)}</strong>
        <span>{t('provisioning.paper.page', { n: number, total })}</span>
      </header>
      {device.reason ? <p className="report-reason">{words.reason(device.reason)}</p> : null}
      <Facts
        facts={[
          { label: t('provisioning.create.charger'), value: <Code>{device.name}</Code> },
          { label: t('provisioning.paper.attempts'), value: device.attempts },
          { label: t('provisioning.signal'), value: `${signalText(device)} dBm` },
          {
            label: t('provisioning.paper.clock'),
            value:
              device.clockSkewS === null ? '' : t('provisioning.paper.seconds', { n: device.clockSkewS }),
          },
        ]}
      />
      <StepTable steps={stepsOf(device)} />
      {failed.map((step) => (
        <RawExchange key={step.step} device={device} step={step} />
      ))}
      <AllExchanges lines={device.exchanges} />
    </section>
  )
}

/** Of a charger that came to its end, what was not reached was not done. */
const stepsOf = ({ state, steps }: ReportedDevice): Step[] =>
  state === 'failed' || state === 'skipped'
    ? steps.map((step) => (step.state === 'waiting' ? { ...step, state: 'skipped' } : step))
    : steps

function StepTable({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation()
  const words = useRunWords()
  const format = useFormat()
  return (
    <table className="sd-sheet report-steps">
      <thead>
        <tr>
          <th>{t('provisioning.paper.stepName')}</th>
          <th data-align="left">{t('provisioning.paper.result')}</th>
          <th data-align="left">{t('provisioning.paper.by')}</th>
          <th>{t('provisioning.paper.at')}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.step} data-state={step.state}>
            <th scope="row">{words.step(step.step)}</th>
            <td data-align="left" className="sd-wrap">
              {t(`provisioning.stageState.${step.state}`)}
              {step.reason ? ` · ${words.reason(step.reason)}` : ''}
            </td>
            <td data-align="left">
              <Basis step={step} />
            </td>
            <td>{step.at === undefined ? '—' : format.full(step.at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What was measured and what a person said are told apart. */
function Basis({ step }: { step: Step }) {
  const { t } = useTranslation()
  if (step.confirmedBy !== undefined)
    return <strong className="report-human">{t('provisioning.paper.human', { by: step.confirmedBy })}</strong>
  if (step.state === 'passed' && step.step !== 'registered') return t('provisioning.paper.machine')
  return null
}

type Line = ReportedDevice['exchanges'][number]

/** What went over the radio while one step was done. */
function RawExchange({ device, step }: { device: ReportedDevice; step: Step }) {
  const { t } = useTranslation()
  const words = useRunWords()
  const lines = device.exchanges.filter((line) => line.step === step.step)
  return (
    <section className="report-raw">
      <h3>{t('provisioning.paper.exchangeOf', { step: words.step(step.step) })}</h3>
      {lines.length === 0 ? <p>{t('provisioning.paper.noExchange')}</p> : null}
      <RawLines lines={lines} />
    </section>
  )
}

/** Everything that was said to and by the charger in this run, smaller: the proof behind the table of steps. */
function AllExchanges({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation()
  if (lines.length === 0) return null
  return (
    <section className="report-raw report-all">
      <h3>{t('provisioning.paper.exchanges', { n: lines.length })}</h3>
      <RawLines lines={lines} steps />
    </section>
  )
}

function RawLines({ lines, steps = false }: { lines: readonly Line[]; steps?: boolean }) {
  const { t } = useTranslation()
  const words = useRunWords()
  const text = useCodeText()
  const format = useFormat()
  return (
    <table>
      <tbody>
        {lines.map((line, i) => (
          <tr key={i}>
            <td>{`${format.full(line.at).slice(11)}.${String(line.at % 1000).padStart(3, '0')}`}</td>
            {steps ? <td>{line.step === null ? '' : words.step(line.step)}</td> : null}
            <td>{t(`provisioning.paper.direction.${line.direction}`)}</td>
            <td>
              <code>{line.direction === 'event' ? eventText(line.text, text) : line.text}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** `lost: detail` → its code in words, the detail as it is */
function eventText(line: string, text: ReturnType<typeof useCodeText>): string {
  const [code = '', ...detail] = line.split(': ')
  return [text('chargerEvent', code), ...detail].join(': ')
}
