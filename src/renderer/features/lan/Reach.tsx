import { Button, InputNumber, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { useFixedText } from '../../app/fixed.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState, Notice, WithReason } from '../../ui/states.tsx'
import { QrCode } from './QrCode.tsx'
import type { LanStatus } from './use-words.ts'

type SettingsData = Output<'settings.get'>

const ALL = '0.0.0.0'
const isLoopback = (host: string) => host.startsWith('127.') || host === '::1' || host === 'localhost'

/** The address as text and QR, and on which card and port the service listens. */
export function Reach({ status, settings }: { status: LanStatus; settings: SettingsData }) {
  const { t } = useTranslation()
  const { url } = status
  return (
    <Panel title={t('lan.reach.title')} purpose={t('lan.reach.purpose')}>
      <div className="lan-reach">
        <div className="sd-stack">
          <Address url={url} />
          <Others status={status} />
          <ByName status={status} />
          <Unreachable status={status} />
          <Where key={`${status.host} ${status.port}`} status={status} fixed={settings.fixed} />
        </div>
        {url === null ? null : <QrCode text={url} label={t('lan.reach.qr', { url })} />}
      </div>
    </Panel>
  )
}

function Address({ url }: { url: string | null }) {
  const { t } = useTranslation()
  if (url === null) return <p className="sd-quiet">{t('lan.reach.none')}</p>
  return (
    <div className="sd-setting">
      <span>{t('lan.reach.address')}</span>
      <div className="sd-actions">
        <code className="lan-url">{url}</code>
        <CopyButton text={url} />
      </div>
    </div>
  )
}

/** On all cards it answers at every one of them: which is right depends on the network that the phones are in. */
function Others({ status: { url, host, cards } }: { status: LanStatus }) {
  const { t } = useTranslation()
  if (url === null || host !== ALL) return null
  const { hostname, port } = new URL(url)
  const others = cards.filter(({ loopback, address }) => !loopback && address !== hostname)
  if (others.length === 0) return null
  return (
    <div className="sd-setting">
      <span>{t('lan.reach.others')}</span>
      <ul className="lan-addresses">
        {others.map(({ name, address }) => (
          <li key={`${name} ${address}`}>
            <code>{`http://${address}:${port}`}</code> <span className="sd-quiet">{name}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** An address that stays when the router gives this computer another number. */
function ByName({ status: { url, host, mdnsName } }: { status: LanStatus }) {
  const { t } = useTranslation()
  if (url === null || mdnsName === null || isLoopback(host)) return null
  const address = `http://${mdnsName}:${new URL(url).port || 80}`
  return (
    <div className="sd-setting">
      <span>{t('lan.reach.byName')}</span>
      <div>
        <div className="sd-actions">
          <code className="lan-url">{address}</code>
          <CopyButton text={address} />
        </div>
        <span className="sd-quiet">{t('lan.reach.byNameHint')}</span>
      </div>
    </div>
  )
}

/** No phone gets here: by its own setting, or because this computer is in no network. */
function Unreachable({ status: { url, host } }: { status: LanStatus }) {
  const { t } = useTranslation()
  if (isLoopback(host)) return <Notice>{t('lan.reach.loopback')}</Notice>
  if (url === null || !isLoopback(new URL(url).hostname)) return null
  return (
    <Notice>
      <strong>{t('lan.reach.noNetwork')}</strong>
      <span>{t('lan.reach.noNetworkTodo')}</span>
    </Notice>
  )
}

function Where({ status, fixed }: { status: LanStatus; fixed: readonly string[] }) {
  const { t } = useTranslation()
  const fixedText = useFixedText()
  const mayNot = useWhyNot('settings.update')
  const [host, setHost] = useState(status.host)
  const [port, setPort] = useState<number | null>(status.port)
  const update = useWrite('settings.update')
  const may = (path: string) => mayNot === null && !fixed.includes(path)
  const changes = {
    ...(host === status.host ? {} : { 'lan.host': host }),
    ...(port === status.port || port === null ? {} : { 'lan.port': port }),
  }
  const reason = reasonOf()
  return (
    <form
      className="sd-settings"
      onSubmit={(event) => {
        event.preventDefault()
        update.mutate({ changes })
      }}
    >
      <CardField status={status} host={host} onChange={setHost} disabled={!may('lan.host')} />
      <PortField port={port} onChange={setPort} disabled={!may('lan.port')} />
      {fixed.some((path) => path === 'lan.host' || path === 'lan.port') ? (
        <p className="sd-quiet">{fixedText}</p>
      ) : null}
      {update.error ? <ErrorState error={update.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <WithReason reason={reason}>
          <Button htmlType="submit" disabled={reason !== null} loading={update.isPending}>
            {t('lan.reach.save')}
          </Button>
        </WithReason>
      </div>
    </form>
  )

  function reasonOf(): string | null {
    if (mayNot !== null) return mayNot
    if (!may('lan.host') && !may('lan.port')) return fixedText
    return Object.keys(changes).length === 0 ? t('settings.nothingChanged') : null
  }
}

interface FieldProps<T> {
  readonly onChange: (value: T) => void
  readonly disabled: boolean
}

function CardField(props: FieldProps<string> & { status: LanStatus; host: string }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="sd-setting">
      <label htmlFor={id}>{t('lan.reach.card')}</label>
      <div>
        <Select
          id={id}
          value={props.host}
          onChange={props.onChange}
          disabled={props.disabled}
          options={useCardOptions(props.status, props.host)}
          style={{ width: 280 }}
        />
        <span className="sd-quiet lan-hint">{t('lan.reach.cardHint')}</span>
      </div>
    </div>
  )
}

function PortField(props: FieldProps<number | null> & { port: number | null }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="sd-setting">
      <label htmlFor={id}>{t('lan.reach.port')}</label>
      <div className="sd-actions">
        <InputNumber
          id={id}
          value={props.port}
          onChange={props.onChange}
          min={0}
          max={65_535}
          precision={0}
          disabled={props.disabled}
          style={{ width: 120 }}
        />
        <span className="sd-quiet">{t('lan.reach.portHint')}</span>
      </div>
    </div>
  )
}

/** All cards, each card, and the address that is set though no card has it. */
function useCardOptions({ cards }: LanStatus, host: string): { value: string; label: string }[] {
  const { t } = useTranslation()
  const known = cards.map(({ name, address, loopback }) => ({
    value: address,
    label: `${address} · ${loopback ? t('lan.reach.onlyHere') : name}`,
  }))
  const options = [{ value: ALL, label: t('lan.reach.all') }, ...known]
  if (options.some(({ value }) => value === host)) return options
  return [...options, { value: host, label: t('lan.reach.gone', { address: host }) }]
}
