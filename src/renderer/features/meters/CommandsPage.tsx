import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/contract/index.ts'
import type { Filter, FilterValues } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { ListPart } from '../../ui/ListPart.tsx'
import { commandColumns } from './command-columns.tsx'
import { ACTIONS, STATES } from './command-words.ts'
import './meters.css'

type Asked = Omit<Input<'meters.commands'>, 'offset' | 'limit'>

const oneOf = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find((candidate) => candidate === text)

function inputOf(values: FilterValues): Asked {
  const query = values['query']
  const action = oneOf(ACTIONS, values['action'])
  const state = oneOf(STATES, values['state'])
  return { ...(query ? { query } : {}), ...(action ? { action } : {}), ...(state ? { state } : {}) }
}

/** What people told meters to do, and what came of it (指令记录). */
export function CommandsPage() {
  const { t } = useTranslation()
  const columns = useMemo(() => commandColumns(t, false), [t])
  const filters: readonly Filter[] = [
    { kind: 'search', key: 'query', label: t('meterData.command.search') },
    {
      kind: 'select',
      key: 'action',
      label: t('meterData.command.actionColumn'),
      options: ACTIONS.map((value) => ({ value, label: t(`meterData.command.action.${value}`) })),
    },
    {
      kind: 'select',
      key: 'state',
      label: t('meterData.command.stateColumn'),
      options: STATES.map((value) => ({ value, label: t(`meterData.command.state.${value}`) })),
    },
  ]
  return (
    <ListPage
      operation="meters.commands"
      title={t('meterData.command.title')}
      purpose={t('meterData.command.purpose')}
      columns={columns}
      filters={filters}
      input={inputOf}
      rowKey={(row) => row.id}
      export="meters.commands"
      empty={{ what: t('meterData.command.empty'), todo: t('meterData.command.emptyTodo') }}
    />
  )
}

/** The same of one meter, on its page. */
export function MeterCommands({ meterId }: { meterId: string }) {
  const { t } = useTranslation()
  const columns = useMemo(() => commandColumns(t, true), [t])
  return (
    <ListPart
      operation="meters.commands"
      label={t('meterData.command.title')}
      columns={columns}
      input={() => ({ meterId })}
      rowKey={(row) => row.id}
      export="meters.commands"
      empty={{ what: t('meterData.command.empty'), todo: t('meterData.command.emptyTodo') }}
      lines={10}
    />
  )
}
