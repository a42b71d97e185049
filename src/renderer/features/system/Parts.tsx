import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useConnection } from '../../api/client.ts'
import { useBluetoothText } from '../../app/bluetooth-text.ts'
import { useFormat } from '../../app/site.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { State, type Tone } from '../../ui/figures.tsx'

type Status = Output<'system.status'>
type Source = Status['sources'][number]

/** A clock that is off by less than this is nothing to speak of, ms. */
const SKEW_WORTH_SAYING = 5000

/** The state of every part in one table. */
export function Parts({ status }: { status: Status }) {
  const { t } = useTranslation()
  const connection = useConnection()
  const { bluetooth, lan } = status
  const radio = useBluetoothText()(bluetooth)
  return (
    <Panel title={t('system.parts')}>
      <table className="sd-plain">
        <thead>
          <tr>
            <th scope="col">{t('system.part')}</th>
            <th scope="col">{t('system.state')}</th>
            <th scope="col">{t('system.detail')}</th>
          </tr>
        </thead>
        <tbody>
          <Part
            name={t('shell.status.host')}
            tone={connection === 'open' ? 'good' : 'bad'}
            state={t(connection === 'open' ? 'shell.status.hostOpen' : 'shell.status.hostConnecting')}
          />
          {status.sources.map((source) => (
            <SourcePart key={source.source} source={source} />
          ))}
          <Part name={t('shell.status.bluetooth')} tone={radio.tone} state={radio.state} detail={radio.why} />
          <Part
            name={t('shell.status.lan')}
            tone={lan.state === 'failed' ? 'bad' : 'neutral'}
            state={t(`shell.status.lanState.${lan.state}`)}
            detail={lan.url}
          />
        </tbody>
      </table>
    </Panel>
  )
}

const TONE: Record<Source['state'], Tone> = {
  unconfigured: 'neutral',
  idle: 'neutral',
  live: 'good',
  failing: 'bad',
  offline: 'attention',
  stopped: 'neutral',
}

function SourcePart({ source }: { source: Source }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { lastError: error, clockSkewMs: skew } = source
  const said = [
    source.lastCompleteAt === null
      ? null
      : t('shell.status.cached', { time: format.time(source.lastCompleteAt) }),
    source.partial ? t('shell.status.partial') : null,
    skew !== null && Math.abs(skew) >= SKEW_WORTH_SAYING
      ? t('system.skew', { n: Math.round(skew / 1000) })
      : null,
    error ? `${t('system.lastError')} ${format.time(error.at)} ${error.code}: ${error.message}` : null,
  ]
  return (
    <Part
      name={t(`common.source.${source.source}`)}
      tone={TONE[source.state]}
      state={t(`shell.status.source.${source.state}`)}
      detail={said.filter((line) => line !== null).join(' · ')}
    />
  )
}

function Part(props: { name: string; tone: Tone; state: string; detail?: ReactNode }) {
  return (
    <tr>
      <th scope="row">{props.name}</th>
      <td>
        <State tone={props.tone}>{props.state}</State>
      </td>
      <td>{props.detail}</td>
    </tr>
  )
}
