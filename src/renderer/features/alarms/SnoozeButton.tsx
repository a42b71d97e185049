import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { SNOOZES, type SnoozeHours } from './use-deeds.ts'

/** Quiet for so long; opened and chosen by keys. */
export function SnoozeButton(props: {
  size?: 'small'
  disabled: boolean
  onSnooze: (hours: SnoozeHours) => void
}) {
  const { t } = useTranslation()
  const items = SNOOZES.map((hours) => ({ key: String(hours), label: t(`alarms.snoozeFor.h${hours}`) }))
  const choose = ({ key }: { key: string }) => {
    const hours = SNOOZES.find((one) => String(one) === key)
    if (hours) props.onSnooze(hours)
  }
  return (
    <Dropdown menu={{ items, onClick: choose }} trigger={['click']} disabled={props.disabled}>
      <Button {...(props.size && { size: props.size })} disabled={props.disabled}>
        {t('alarms.snooze')}
      </Button>
    </Dropdown>
  )
}
