import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readList, writePreference } from '../app/preferences.ts'
import type { Column } from './column.ts'

export interface ShownColumns<Row> {
  readonly shown: readonly Column<Row>[]
  readonly keys: readonly string[]
  readonly choose: (keys: readonly string[]) => void
  readonly reset: () => void
}

/** Which columns a list shows, remembered per browser under the list's name. */
export function useColumns<Row>(name: string, columns: readonly Column<Row>[]): ShownColumns<Row> {
  const standard = columns.filter((c) => !c.hidden).map((c) => c.key)
  const [chosen, setChosen] = useState(() => readList(`columns.${name}`))
  const known = chosen?.filter((key) => columns.some((c) => c.key === key)) ?? standard
  const keys = known.length > 0 ? known : standard
  return {
    shown: columns.filter((c) => keys.includes(c.key)),
    keys,
    choose: (next) => {
      writePreference(`columns.${name}`, JSON.stringify(next))
      setChosen(next)
    },
    reset: () => {
      writePreference(`columns.${name}`, JSON.stringify(standard))
      setChosen(standard)
    },
  }
}

export function ColumnChooser<Row>(props: { columns: readonly Column<Row>[]; state: ShownColumns<Row> }) {
  const { t } = useTranslation()
  const { state } = props
  const content = (
    <div className="sd-chooser">
      <Checkbox.Group
        value={[...state.keys]}
        onChange={(keys) => keys.length > 0 && state.choose(keys)}
        options={props.columns.map((c) => ({ label: c.title, value: c.key }))}
      />
      <Button size="small" onClick={state.reset}>
        {t('common.action.reset')}
      </Button>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" title={t('common.list.allColumns')} content={content}>
      <Button icon={<SettingOutlined />}>{t('common.action.columns')}</Button>
    </Popover>
  )
}
