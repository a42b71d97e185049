import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { RoomNode } from '#shared/contract/rooms.ts'
import { UNLINKED_NODE } from '#shared/contract/values.ts'
import { notFound } from '#shared/errors.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import { stateStore } from '../sync/index.ts'
import type { Cards } from './card.ts'
import type { Directory } from './directory.ts'
import { costsOf, countOf, lowBalance, rechargesOf, toldOf } from './lists.ts'
import type { Refresher } from './refresh.ts'
import { rowMaker } from './rows.ts'
import type { Place, Tree } from './tree.ts'

export interface HandlerParts {
  readonly ctx: CoreContext
  readonly directory: Directory
  readonly cards: Cards
  readonly refresher: Refresher
  touch(roomId: string): Promise<void>
  announce(roomId: string): void
}

export function createHandlers(parts: HandlerParts): AreaHandlers<'rooms'> {
  const { ctx, directory, cards, refresher } = parts
  const { history } = ctx.store
  const { completeAt } = stateStore(history)
  const rowOf = rowMaker(history)
  const opened = (roomId: string) => {
    parts.touch(roomId).catch((error: unknown) => {
      ctx.ports.log.warn('a room was not touched', { roomId, error: String(error) })
    })
  }
  return {
    ...writers(parts),
    'rooms.tree': () => ({ rows: nodesOf(directory.tree()), asOf: completeAt('campus', 'addresses') }),
    'rooms.search': async (_, { query = '', offset = 0, limit = DEFAULT_LIMIT }) => {
      const found = await (query.trim() === '' ? directory.all() : directory.find(query))
      const rows = found.slice(offset, offset + limit).map(rowOf)
      return { rows, total: found.length, asOf: completeAt('campus', 'addresses') }
    },
    'rooms.get': (_, { roomId }) => {
      const card = cards.card(roomId)
      opened(roomId)
      if (card.selectable) refresher.opened(roomId)
      return card
    },
    'rooms.refresh': async (_, { roomId }) => {
      cards.card(roomId)
      await refresher.refresh(roomId, { urgent: true })
      return cards.card(roomId)
    },
    'rooms.recharges': (_, { roomId, ...paging }) => ({
      total: countOf(history, 'room_recharge', roomId),
      rows: rechargesOf(history, roomId, paging),
      asOf: cards.recordsAt(roomId),
    }),
    'rooms.costs': (_, { roomId, ...paging }) => ({
      total: countOf(history, 'room_cost', roomId),
      rows: costsOf(history, roomId, paging),
      asOf: cards.recordsAt(roomId),
    }),
    'rooms.lowBalance': async (_, input) => ({
      ...(await lowBalance(ctx, directory, input)),
      asOf: completeAt('campus', 'balances'),
    }),
    'rooms.told': (_, input) => toldOf(ctx.store.site, input),
  }
}

/** What a person decided of a room; the rest of the area only shows what the platform said. */
function writers({ ctx, directory, announce }: HandlerParts) {
  const { site } = ctx.store
  const { clock, random } = ctx.ports
  const must = (roomId: string) => {
    if (!directory.tree().places.has(roomId)) throw notFound('room', roomId)
  }
  return {
    'rooms.mark': async (call, { roomId, marked }) => {
      must(roomId)
      await call.commit(() => {
        const before = site.statement('SELECT 1 FROM room_mark WHERE room_id = ?').get(roomId) !== undefined
        call.note({ target: roomId, before: { marked: before }, after: { marked } })
        if (!marked) return site.statement('DELETE FROM room_mark WHERE room_id = ?').run(roomId)
        return site
          .statement('INSERT INTO room_mark (room_id, operator, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
          .run(roomId, call.operator?.name ?? '', clock.now())
      })
      announce(roomId)
      return { ok: true }
    },
    'rooms.tell': async (call, { roomId, how, note = '' }) => {
      must(roomId)
      const operator = call.operator?.name ?? ''
      const told = { id: random.uuid(), roomId, at: clock.now(), operator, how, note }
      await call.commit(() => {
        call.note({ target: roomId, after: { how, note } })
        site
          .statement('INSERT INTO room_told (id, room_id, at, operator, how, note) VALUES (?, ?, ?, ?, ?, ?)')
          .run(told.id, roomId, told.at, operator, how, note)
      })
      announce(roomId)
      return told
    },
  } satisfies Pick<AreaHandlers<'rooms'>, 'rooms.mark' | 'rooms.tell'>
}

const nodeOf = ({ id, name, level, active, children }: Place): RoomNode => ({
  id,
  name,
  level,
  active,
  children: children.map(nodeOf),
})

/** C-12: what hangs nowhere stands under a node of its own, last. */
function nodesOf({ roots, unlinked }: Tree): RoomNode[] {
  const nodes = roots.map(nodeOf)
  if (unlinked.length === 0) return nodes
  return [...nodes, { id: UNLINKED_NODE, name: '', level: 0, active: true, children: unlinked.map(nodeOf) }]
}
