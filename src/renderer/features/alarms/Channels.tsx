import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { MayButton } from '../../app/why-not.tsx'
import { Code, State, Time } from '../../ui/figures.tsx'
import { Reading } from '../../ui/states.tsx'
import { Result } from './delivery-columns.tsx'

type Channel = Output<'alarms.channels'>['rows'][number]

/** A try may take as long as the receiver's host is slow. */
const TEST_TIMEOUT_MS = 40_000

/** Each channel with its state and a test. */
export function Channels() {
  const { t } = useTranslation()
  const read = useRead('alarms.channels', {})
  return (
    <Reading read={read} lines={3}>
      {({ rows }) => (
        <table className="sd-plain">
          <thead>
            <tr>
              <th scope="col">{t('alarms.channels.channel')}</th>
              <th scope="col">{t('alarms.channels.state')}</th>
              <th scope="col">{t('alarms.channels.address')}</th>
              <th scope="col">{t('alarms.channels.from')}</th>
              <th scope="col">{t('alarms.channels.lastSentAt')}</th>
              <th scope="col">
                <Link to="/settings">{t('alarms.channels.set')}</Link>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((channel) => (
              <ChannelRow key={channel.channel} row={channel} />
            ))}
          </tbody>
        </table>
      )}
    </Reading>
  )
}

function ChannelRow({ row }: { row: Channel }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const test = useWrite('alarms.testChannel', { timeoutMs: TEST_TIMEOUT_MS })
  const run = async () => {
    try {
      const { state, result } = await test.mutateAsync({ channel: row.channel })
      const text = t(`alarms.channels.stateName.${state}`)
      void (state === 'sent' ? message.info(text) : message.warning(`${text} ${result ?? ''}`))
    } catch (error) {
      void message.error(errorText(error).what)
    }
  }
  return (
    <tr>
      <th scope="row">{t(`alarms.channels.name.${row.channel}`)}</th>
      <td>
        <ChannelState row={row} />
      </td>
      <td>{row.url === null ? null : <Code>{row.url}</Code>}</td>
      <td>{t(`alarms.severity.${row.from}`)}</td>
      <td>
        <Time at={row.lastSentAt} />
      </td>
      <td>
        <MayButton
          operation="alarms.testChannel"
          size="small"
          loading={test.isPending}
          aria-label={t('alarms.channels.testOf', { name: t(`alarms.channels.name.${row.channel}`) })}
          onClick={() => void run()}
        >
          {t('alarms.channels.test')}
        </MayButton>
      </td>
    </tr>
  )
}

function ChannelState({ row }: { row: Channel }) {
  const { t } = useTranslation()
  if (row.problem !== null && (row.enabled || row.problem !== 'noAddress'))
    return (
      <State tone={row.enabled ? 'bad' : 'neutral'}>{t(`alarms.channels.resultName.${row.problem}`)}</State>
    )
  if (!row.enabled) return <State>{t('alarms.rules.off')}</State>
  const { lastSentAt, lastFailure } = row
  const failed = lastFailure !== null && lastFailure.at > (lastSentAt ?? 0)
  return failed ? (
    <State tone="bad">
      {t('alarms.channels.stateName.failed')} <Result result={lastFailure.result} />
    </State>
  ) : (
    <State tone="good">{t('alarms.rules.on')}</State>
  )
}
