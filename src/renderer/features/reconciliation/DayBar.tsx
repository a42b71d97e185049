import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { DayField } from '../../ui/DayField.tsx'
import { stepDay } from './use-day.ts'

export function DayBar(props: { day: string; today: string; go: (day: string) => void }) {
  const { t } = useTranslation()
  const last = props.day >= props.today
  return (
    <span className="rec-day">
      <Button
        icon={<LeftOutlined />}
        aria-label={t('reconciliation.previous')}
        title={t('reconciliation.previous')}
        onClick={() => props.go(stepDay(props.day, -1))}
      />
      <DayField label={t('reconciliation.day')} value={props.day} max={props.today} onChange={props.go} />
      <Button
        icon={<RightOutlined />}
        aria-label={t('reconciliation.next')}
        title={t('reconciliation.next')}
        disabled={last}
        onClick={() => props.go(stepDay(props.day, 1))}
      />
      {last ? null : <Button onClick={() => props.go(props.today)}>{t('reconciliation.today')}</Button>}
    </span>
  )
}
