import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { useWhyNot } from '../../app/why-not.tsx'
import { WithReason } from '../../ui/states.tsx'
import { SNOOZES, type SnoozeHours } from './use-deeds.ts'

/** Quiet for so long; opened and chosen by keys. */
export function SnoozeButton(props: {
  size?: 'small'
  disabled?: boolean
  onSnooze: (hours: SnoozeHours) => void
}) {
  const { t } = useTranslation()
  const why = useWhyNot('alarms.snooze')
  const disabled = props.disabled === true || why !== null
  const items = SNOOZES.map((hours) => ({ key: String(hours), label: t(`alarms.snoozeFor.h${hours}`) }))
  const choose = ({ key }: { key: string }) => {
    const hours = SNOOZES.find((one) => String(one) === key)
    if (hours) props.onSnooze(hours)
  }
  return (
    <WithReason reason={why}>
      <Dropdown menu={{ items, onClick: choose }} trigger={['click']} disabled={disabled}>
        <Button {...(props.size && { size: props.size })} disabled={disabled}>
          {t('alarms.snooze')}
        </Button>
      </Dropdown>
    </WithReason>
  )
}
