import { SearchOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RoomNode } from '#shared/contract/rooms.ts'
import { useRead } from '../../api/queries.ts'
import { usePageKey } from '../../app/keys.tsx'
import { AsOf } from '../../ui/AsOf.tsx'
import { useFilters } from '../../ui/filters.ts'
import { PageHead } from '../../ui/PageHead.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { FoundRooms } from './FoundRooms.tsx'
import { NodeSide } from './NodeSide.tsx'
import { RoomTree } from './RoomTree.tsx'
import { trailTo } from './tree.ts'
import './rooms.css'

/** The places of the campus as a tree (房间), with the essentials of the chosen one beside it. */
export function RoomsPage() {
  const { t } = useTranslation()
  const tree = useRead('rooms.tree', {})
  return (
    <div className="sd-page" data-template="list">
      <PageHead
        title={t('rooms.title')}
        purpose={t('rooms.purpose')}
        aside={tree.data ? <AsOf at={tree.data.asOf} failing={tree.error !== null} /> : null}
      />
      <Reading read={tree} lines={14}>
        {({ rows }) => (rows.length === 0 ? <NoRooms /> : <Browser rows={rows} />)}
      </Reading>
    </div>
  )
}

function NoRooms() {
  const { t } = useTranslation()
  return (
    <EmptyState
      what={t('rooms.empty')}
      todo={t('rooms.emptyTodo')}
      action={
        <Link to="/sync">
          <Button type="primary">{t('rooms.toSync')}</Button>
        </Link>
      }
    />
  )
}

function Browser({ rows }: { rows: readonly RoomNode[] }) {
  const { values, set } = useFilters(['room', 'query'])
  const selected = values['room'] ?? null
  const trail = useMemo(() => (selected === null ? [] : trailTo(rows, selected)), [rows, selected])
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(
    () => new Set([...topOf(rows), ...trail.slice(0, -1).map(({ id }) => id)]),
  )
  const query = values['query'] ?? ''
  const choose = (id: string) => {
    set({ room: id })
    setExpanded(
      new Set([
        ...expanded,
        ...trailTo(rows, id)
          .slice(0, -1)
          .map((node) => node.id),
      ]),
    )
  }
  return (
    <div className="room-browser">
      <section className="sd-panel room-left">
        <SearchBox query={query} onQuery={(next) => set({ query: next })} />
        {query === '' ? (
          <RoomTree
            rows={rows}
            expanded={expanded}
            onExpand={setExpanded}
            selected={selected}
            onSelect={(id) => set({ room: id })}
          />
        ) : (
          <FoundRooms query={query} selected={selected} onSelect={choose} />
        )}
      </section>
      <section className="room-right">
        <NodeSide key={selected} trail={trail} />
      </section>
    </div>
  )
}

/** One area alone is opened at once. */
const topOf = (rows: readonly RoomNode[]) => (rows.length === 1 ? rows.map(({ id }) => id) : [])

const TYPING_MS = 200

function SearchBox({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const { t } = useTranslation()
  const input = useRef<InputRef>(null)
  const [text, setText] = useState(query)
  usePageKey('/', 'common.key.filter', () => input.current?.focus({ cursor: 'all' }))
  useEffect(() => {
    if (text.trim() === query) return undefined
    const timer = setTimeout(() => onQuery(text.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, query, onQuery])
  return (
    <Input
      ref={input}
      autoFocus
      allowClear
      prefix={<SearchOutlined />}
      aria-label={t('rooms.search')}
      placeholder={t('rooms.search')}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  )
}
