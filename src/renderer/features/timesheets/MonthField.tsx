import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, DatePicker, Space } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { stepMonth } from './filters.ts'

interface Props {
  /** `yyyy-MM` */
  readonly value: string
  readonly onChange: (month: string) => void
  readonly label: string
  /** without the buttons beside it */
  readonly plain?: boolean
}

/** A month, picked or stepped. */
export function MonthField({ value, onChange, label, plain = false }: Props) {
  const { t } = useTranslation()
  const picker = (
    <DatePicker
      picker="month"
      format="YYYY-MM"
      allowClear={false}
      value={dayjs(`${value}-01`)}
      onChange={(next) => {
        if (next) onChange(next.format('YYYY-MM'))
      }}
      aria-label={label}
    />
  )
  if (plain) return picker
  return (
    <Space.Compact>
      <Button
        icon={<LeftOutlined />}
        aria-label={t('timesheets.monthBefore')}
        onClick={() => onChange(stepMonth(value, -1))}
      />
      {picker}
      <Button
        icon={<RightOutlined />}
        aria-label={t('timesheets.monthAfter')}
        onClick={() => onChange(stepMonth(value, 1))}
      />
    </Space.Compact>
  )
}
