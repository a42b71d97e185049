import { BulbOutlined } from '@ant-design/icons'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { MayButton } from '../../app/why-not.tsx'

/** A charger that the radio has to look for first. */
const BLINK_TIMEOUT_MS = 60_000

export function useBlink() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const command = useWrite('chargers.command', { timeoutMs: BLINK_TIMEOUT_MS })
  const blink = (name: string, label = name) =>
    command.mutate(
      { name, command: 'LEDBLINK' },
      {
        onSuccess: () => void message.info(t('provisioning.blinked', { name: label })),
        onError: (error) => {
          const { what, todo } = errorText(error)
          void message.error(`${label}: ${what} · ${todo}`)
        },
      },
    )
  return { blink, busy: command.isPending }
}

/** 闪灯: which of those on the wall is it? Writes nothing. */
export function BlinkButton(props: {
  name: string
  label?: string
  size?: 'small' | 'middle' | 'large'
  /** in a narrow row the lamp alone */
  bare?: boolean
}) {
  const { t } = useTranslation()
  const { blink, busy } = useBlink()
  return (
    <MayButton
      operation="chargers.command"
      size={props.size ?? 'small'}
      icon={<BulbOutlined />}
      loading={busy}
      title={t('provisioning.blink')}
      aria-label={`${t('provisioning.blink')} ${props.label ?? props.name}`}
      onClick={() => blink(props.name, props.label)}
    >
      {props.bare ? null : t('provisioning.blink')}
    </MayButton>
  )
}
