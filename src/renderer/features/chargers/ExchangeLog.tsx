import { useTranslation } from 'react-i18next'
import { useSite } from '../../app/site.tsx'
import type { Column } from '../../ui/column.ts'
import { Code } from '../../ui/figures.tsx'
import type { FilterValues } from '../../ui/filters.ts'
import { ListPart } from '../../ui/ListPart.tsx'
import { formatFull } from '../../app/format.ts'
import { ARROW, type LogLine } from './export-log.ts'
import { LogExport } from './LogExport.tsx'
import { useChargerWords } from './use-words.ts'

const DIRECTIONS = ['sent', 'received', 'event'] as const
const isDirection = (value: string | undefined): value is (typeof DIRECTIONS)[number] =>
  (DIRECTIONS as readonly (string | undefined)[]).includes(value)

export const logInput = (name: string, { text, direction }: FilterValues) => ({
  name,
  ...(text ? { text } : {}),
  ...(isDirection(direction) ? { direction } : {}),
})

/** Everything ever said to this charger and by it, live. */
export function ExchangeLog({ name }: { name: string }) {
  const { t } = useTranslation()
  const columns = useLogColumns()
  return (
    <div className="sd-stack">
      <header className="sd-panel-head">
        <p className="sd-quiet">{t('chargers.log.purpose')}</p>
        <LogExport name={name} />
      </header>
      <ListPart
        operation="chargers.exchanges"
        label={t('chargers.one.tab.log')}
        columns={columns}
        filters={[
          { kind: 'search', key: 'text', label: t('chargers.log.search') },
          {
            kind: 'select',
            key: 'direction',
            label: t('chargers.log.direction'),
            options: DIRECTIONS.map((value) => ({ value, label: t(`chargers.log.directionName.${value}`) })),
          },
        ]}
        input={(values) => logInput(name, values)}
        rowKey={({ at, direction, text }) => `${at}:${direction}:${text}`}
        empty={{ what: t('chargers.log.empty'), todo: t('chargers.log.emptyTodo') }}
        lines={14}
      />
    </div>
  )
}

function useLogColumns(): readonly Column<LogLine>[] {
  const { t } = useTranslation()
  const { zone } = useSite()
  const words = useChargerWords()
  return [
    {
      key: 'at',
      title: t('chargers.log.at'),
      width: 165,
      render: ({ at }) => (
        <span className="sd-figure">{`${formatFull(at, zone)}.${String(at % 1000).padStart(3, '0')}`}</span>
      ),
    },
    {
      key: 'direction',
      title: t('chargers.log.direction'),
      width: 90,
      render: ({ direction }) => `${ARROW[direction]} ${t(`chargers.log.directionName.${direction}`)}`,
    },
    {
      key: 'text',
      title: t('chargers.log.text'),
      width: 420,
      render: ({ direction, text }) =>
        direction === 'event' ? <span className="sd-quiet">{words.event(text)}</span> : <Code>{text}</Code>,
    },
    { key: 'operator', title: t('chargers.log.operator'), width: 90 },
    { key: 'step', title: t('chargers.log.step'), width: 90, hidden: true },
    { key: 'runId', title: t('chargers.log.run'), width: 120, hidden: true },
  ]
}
