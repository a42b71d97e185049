import { SearchOutlined } from '@ant-design/icons'
import { Input, type InputRef } from 'antd'
import { useId, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomRow } from '#shared/contract/rooms.ts'
import { Money } from '../../../ui/figures.tsx'
import { Delayed, EmptyState, ErrorState } from '../../../ui/states.tsx'
import { useRoomSearch } from './use-room-search.ts'

export interface RoomSearchProps {
  readonly input: RefObject<InputRef | null>
  readonly query: string
  readonly onQuery: (query: string) => void
  /** false while a sheet is shown: the list is put away */
  readonly active: boolean
  readonly disabled: boolean
  readonly onFocus: () => void
  readonly onChoose: (row: RoomRow) => void
}

/** The search box of the desk with what it finds; arrows and Enter, no mouse. */
export function RoomSearch(props: RoomSearchProps) {
  const { t } = useTranslation()
  const id = useId()
  const { input, query, active } = props
  const search = useRoomSearch(active ? query : '', props.onChoose)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !active) return
    if (event.key === 'Enter' && !event.repeat) search.enter()
    else if (event.key === 'ArrowDown') search.move(1)
    else if (event.key === 'ArrowUp') search.move(-1)
    else return
    event.preventDefault()
  }
  const listed = search.rows.length > 0
  return (
    <section className="rd-search">
      <Input
        ref={input}
        size="large"
        className="rd-search-box"
        prefix={<SearchOutlined />}
        role="combobox"
        aria-expanded={listed}
        aria-controls={`${id}-list`}
        aria-activedescendant={listed ? `${id}-${search.at}` : undefined}
        aria-label={t('recharge.desk.search')}
        placeholder={t('recharge.desk.search')}
        autoComplete="off"
        spellCheck={false}
        value={query}
        disabled={props.disabled}
        onFocus={props.onFocus}
        onChange={(event) => props.onQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {active && query.trim() !== '' ? <Found id={id} search={search} query={query.trim()} /> : null}
    </section>
  )
}

function Found(props: { id: string; search: ReturnType<typeof useRoomSearch>; query: string }) {
  const { t } = useTranslation()
  const { search } = props
  if (search.error) return <ErrorState error={search.error} />
  if (search.rows.length === 0)
    return search.fresh ? (
      <EmptyState
        what={t('recharge.desk.nothing', { query: props.query })}
        todo={t('recharge.desk.nothingTodo')}
      />
    ) : (
      <Delayed>
        <p className="sd-quiet">{t('recharge.desk.searching')}</p>
      </Delayed>
    )
  return (
    <>
      <div
        id={`${props.id}-list`}
        role="listbox"
        aria-label={t('recharge.desk.search')}
        className="rd-found"
        data-old={search.fresh ? undefined : ''}
      >
        {search.rows.map((row, index) => (
          <div
            key={row.id}
            id={`${props.id}-${index}`}
            role="option"
            aria-selected={index === search.at}
            aria-disabled={!row.selectable}
            tabIndex={-1}
            onPointerMove={() => search.setCursor(index)}
            onClick={() => search.choose(row)}
          >
            <Room row={row} />
          </div>
        ))}
      </div>
      <p className="sd-quiet rd-hint">
        {search.total > search.rows.length
          ? t('recharge.desk.more', { n: search.total - search.rows.length })
          : t('recharge.desk.searchHint')}
      </p>
    </>
  )
}

function Room({ row }: { row: RoomRow }) {
  const { t } = useTranslation()
  return (
    <>
      <span className="rd-found-path">
        {row.path.slice(0, -1).map((name, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a path never changes its order
          <span key={i} className="sd-quiet">
            {name} /{' '}
          </span>
        ))}
        <strong>{row.path.at(-1) ?? row.name}</strong>
      </span>
      {row.selectable ? (
        <Money fen={row.balanceFen} />
      ) : (
        <span className="sd-quiet">{t(row.active ? 'recharge.desk.notRoom' : 'recharge.desk.inactive')}</span>
      )}
    </>
  )
}
