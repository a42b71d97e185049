import { App } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { useFixedText } from '../../app/fixed.ts'
import { useFormat } from '../../app/site.tsx'
import { MayButton } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { Code, State, type Tone } from '../../ui/figures.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { isFixed, type SettingsData } from '../settings/fields.ts'
import { JamDialog } from './JamDialog.tsx'
import { RotateDialog } from './RotateDialog.tsx'
import type { LanStatus, Side } from './use-words.ts'

const PARTS = ['user', 'manager', 'httpJam'] as const
type Part = (typeof PARTS)[number]

interface Props {
  readonly status: LanStatus
  readonly settings: SettingsData
}

/** Who may call, a side at a time, and the code both sides share. */
export function Credentials(props: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Part | null>(null)
  const close = () => setOpen(null)
  const isSet = (part: Part) => !props.status.missing.includes(part)
  return (
    <Panel title={t('lan.credentials.title')} purpose={t('lan.credentials.purpose')}>
      <table className="sd-plain lan-credentials">
        <thead>
          <tr>
            <th scope="col">{t('lan.credentials.part')}</th>
            <th scope="col">{t('lan.credentials.appId')}</th>
            <th scope="col">{t('lan.credentials.state')}</th>
            <th scope="col" aria-label={t('common.action.edit')} />
          </tr>
        </thead>
        <tbody>
          {PARTS.map((part) => (
            <Row key={part} part={part} {...props} onOpen={() => setOpen(part)} />
          ))}
        </tbody>
      </table>
      {open === 'user' || open === 'manager' ? (
        <RotateDialog side={open} exists={isSet(open)} onClose={close} />
      ) : null}
      {open === 'httpJam' ? <JamDialog onClose={close} /> : null}
    </Panel>
  )
}

function Row({ part, status, settings, onOpen }: Props & { part: Part; onOpen: () => void }) {
  const { t } = useTranslation()
  const fixedText = useFixedText()
  const isSet = !status.missing.includes(part)
  const path = `lan.${part}`
  const fixed = settings.fixed.some((one) => isFixed([path], one))
  const reason = fixed ? fixedText : null
  return (
    <tr>
      <th scope="row">{t(part === 'httpJam' ? 'lan.part.httpJam' : `lan.side.${part}`)}</th>
      <td>{part === 'httpJam' ? null : <Code>{settings.values.lan?.[part]?.appId ?? ''}</Code>}</td>
      <td>
        <Held part={part} status={status} />
        {part === 'httpJam' ? null : <Old side={part} status={status} />}
      </td>
      <td className="lan-end">
        <MayButton operation="lan.rotate" reason={reason} size="small" onClick={onOpen}>
          {t(isSet ? 'lan.credentials.rotate' : 'lan.credentials.setUp')}
        </MayButton>
      </td>
    </tr>
  )
}

function Held({ part, status: { missing, publishedKeys } }: { part: Part; status: LanStatus }) {
  const { t } = useTranslation()
  const [tone, text]: [Tone, string] = missing.includes(part)
    ? ['attention', t(part === 'httpJam' ? 'lan.credentials.jamNotSet' : 'lan.credentials.notSet')]
    : publishedKeys.includes(part)
      ? ['attention', t('lan.credentials.published')]
      : ['neutral', t('lan.credentials.set')]
  return <State tone={tone}>{text}</State>
}

/** The old credentials while they still work, and an end to them. */
function Old({ side, status }: { side: Side; status: LanStatus }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const format = useFormat()
  const update = useWrite('settings.update')
  const rotating = status.rotating.find((one) => one.side === side)
  if (!rotating) return update.error ? <ErrorState error={update.error} brief /> : null
  const ask = () =>
    modal.confirm({
      title: t('lan.credentials.endTitle', { side: t(`lan.side.${side}`) }),
      content: t('lan.credentials.endMeans'),
      okText: t('lan.credentials.endNow'),
      cancelText: t('common.action.cancel'),
      onOk: () => update.mutate({ changes: { [`lan.previous.${side}`]: null } }),
    })
  return (
    <div className="sd-actions">
      <span className="sd-quiet">
        {t('lan.credentials.rotating', { until: format.time(rotating.until) })}
      </span>
      <MayButton
        operation="settings.update"
        size="small"
        type="link"
        loading={update.isPending}
        onClick={ask}
      >
        {t('lan.credentials.endNow')}
      </MayButton>
    </div>
  )
}
