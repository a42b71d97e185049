import { Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { App } from 'antd'
import { useWrite } from '../../../api/queries.ts'
import { useErrorText } from '../../../app/i18n/dynamic.ts'
import { useWhyNot } from '../../../app/why-not.tsx'
import type { Column, RowOf } from '../../../ui/column.ts'
import { Time } from '../../../ui/figures.tsx'
import { WithReason } from '../../../ui/states.tsx'
import { Person, Phone } from '../Phone.tsx'

export type Bar = RowOf<'blacklist.list'>

export const barColumns = (t: TFunction, phones: boolean): readonly Column<Bar>[] => [
  {
    key: 'userName',
    title: t('charging.user'),
    width: 190,
    render: (row) => <Person name={row.userName} phone={row.user} />,
  },
  {
    key: 'user',
    title: `${t('charging.user')} ${t('charging.phone')}`,
    width: 120,
    hidden: true,
    render: (row) => <Phone of={row.user} />,
    export: phones ? { format: 'text' } : false,
  },
  {
    key: 'managerName',
    title: t('charging.manager'),
    width: 190,
    render: (row) => <Person name={row.managerName} phone={row.manager} />,
  },
  {
    key: 'manager',
    title: `${t('charging.manager')} ${t('charging.phone')}`,
    width: 120,
    hidden: true,
    render: (row) => <Phone of={row.manager} />,
    export: phones ? { format: 'text' } : false,
  },
  {
    key: 'since',
    title: t('charging.blacklist.since'),
    width: 110,
    render: (row) => <Time at={row.since} />,
    export: { format: 'time' },
  },
  { key: 'act', title: '', width: 90, align: 'right', render: (row) => <Remove row={row} />, export: false },
]

function Remove({ row }: { row: Bar }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const why = useWhyNot('blacklist.remove')
  const remove = useWrite('blacklist.remove')
  const run = () =>
    remove.mutate(
      { user: row.user, manager: row.manager },
      { onError: (error) => void message.error(errorText(error).what) },
    )
  return (
    <WithReason reason={why}>
      <Popconfirm
        title={t('charging.blacklist.remove')}
        description={t('charging.blacklist.removeAsk')}
        okText={t('charging.blacklist.remove')}
        cancelText={t('common.action.cancel')}
        disabled={why !== null}
        onConfirm={run}
      >
        <Button size="small" disabled={why !== null} loading={remove.isPending}>
          {t('charging.blacklist.remove')}
        </Button>
      </Popconfirm>
    </WithReason>
  )
}
