import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Output } from '#shared/contract/index.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import type { Rooms } from '../rooms/index.ts'
import type { Freshness } from './freshness.ts'
import type { WaterLinkTables } from '../store/schema-water.ts'
import type { createGraph, Graph } from './graph.ts'
import { importLinks, linkTemplate } from './link-import.ts'
import { exactly, masked, ofMembers, pager } from './lists.ts'

type Stored = WaterLinkTables['water_link']
type StoredRow = Output<'water.storedLinks'>['rows'][number]
type Row = Graph['rows'][number]

type Links = Pick<
  AreaHandlers<'water'>,
  | 'water.links'
  | 'water.storedLinks'
  | 'water.link'
  | 'water.unlink'
  | 'water.importLinks'
  | 'water.linkTemplate'
  | 'water.arrears'
  | 'water.reveal'
>

export interface LinkParts {
  readonly ctx: CoreContext
  readonly rooms: Pick<Rooms, 'locate' | 'resolveName'>
  readonly links: ReturnType<typeof createGraph>
  readonly state: Freshness
}

/** What makes a link: two of three at least. */
export interface Link {
  readonly room_id: string
  readonly device_code: string
  readonly user_code: string
}

const holds = (query: string | undefined, ...texts: readonly string[]) =>
  query === undefined || texts.some((text) => text.toLowerCase().includes(query.trim().toLowerCase()))

const isLinked = ({ rooms }: Row) => rooms.length > 0

export function createLinks(parts: LinkParts): Links {
  const { ctx, links } = parts
  const { site } = ctx.store
  return {
    ...writers(parts),
    'water.arrears': (_, input) => arrearsOf(parts, input),
    'water.links': (_, { query, state: wanted, offset = 0, limit = DEFAULT_LIMIT }) => {
      const all = links.graph().rows
      const linked = all.filter(isLinked).length
      const found = all.filter(
        (row) =>
          (wanted === undefined || isLinked(row) === (wanted === 'linked')) &&
          holds(
            query,
            row.user_code,
            row.username,
            ...row.devices.map(({ device_code }) => device_code),
            ...row.rooms.map(({ path }) => path.join('')),
          ),
      )
      const rows = found.slice(offset, offset + limit)
      return { total: found.length, rows, linked, unlinked: all.length - linked }
    },
    'water.storedLinks': (_, { query, offset = 0, limit = DEFAULT_LIMIT }) => {
      const all = site.all(
        site.query.selectFrom('water_link').selectAll().orderBy('at', 'desc').orderBy('id'),
      )
      const found = all
        .map((row) => shown(parts, row))
        .filter((row) =>
          holds(query, row.user_code, row.device_code, row.path.join(''), row.operator, row.note),
        )
      return { total: found.length, rows: found.slice(offset, offset + limit) }
    },
    'water.linkTemplate': (_, { format, sample }) =>
      linkTemplate(ctx, format, sample ? samplesOf(parts) : []),
  }
}

const SAMPLE_ROWS = 2

/** Meters and accounts of this site that belong together already: taking them in changes nothing. */
function samplesOf(parts: LinkParts) {
  const pairs = parts.links
    .graph()
    .rows.flatMap(({ user_code, devices }) =>
      devices.slice(0, 1).map(({ device_code }) => ({ room: '', device_code, user_code })),
    )
  const good = pairs.filter(({ room, ...link }) => problemOf(parts, { room_id: room, ...link }) === null)
  return good.slice(0, SAMPLE_ROWS)
}

function shown({ rooms }: LinkParts, { room_id, how, ...row }: Stored): StoredRow {
  const path = room_id === '' ? [] : (rooms.locate(room_id)?.path ?? [room_id])
  return { ...row, roomId: room_id, path, how: how as StoredRow['how'] }
}

function writers(
  parts: LinkParts,
): Pick<Links, 'water.link' | 'water.unlink' | 'water.importLinks' | 'water.reveal'> {
  const { ctx, links, rooms } = parts
  const { site } = ctx.store
  const changed = () => {
    links.forget()
    ctx.events.emit({ type: 'changed', area: 'water' })
  }
  return {
    'water.link': async (call, { roomId = '', device_code = '', user_code = '', note = '' }) => {
      const link = { room_id: roomId, device_code, user_code }
      const wrong = problemOf(parts, link)
      if (wrong) throw wrong
      const row = await call.commit(() => put(ctx, call, link, { how: 'hand', note }).row)
      call.note({ target: row.id, after: link })
      changed()
      return shown(parts, row)
    },
    'water.unlink': async (call, { id }) => {
      const before = site.get(site.query.selectFrom('water_link').selectAll().where('id', '=', id))
      if (!before) throw notFound('link', id)
      call.note({ target: id, before })
      await call.commit(() => void site.statement('DELETE FROM water_link WHERE id = ?').run(id))
      changed()
      return { ok: true }
    },
    'water.reveal': async (call, { user_code }) => {
      const where = [exactly('user_code', user_code)]
      const phone = pager(ctx.store.history).page('costs', where, { limit: 1 }).rows[0]?.phone_number
      if (phone === undefined) throw notFound('account', user_code)
      call.note({ target: user_code })
      await call.commit(() => undefined)
      return { phone }
    },
    'water.importLinks': async (call, file) => {
      const answer = await importLinks(ctx, file, {
        resolve: rooms.resolveName,
        problem: (link) => problemOf(parts, link) !== null,
        put: (link) => put(ctx, call, link, { how: 'import', note: '' }).outcome,
        run: (work) => (file.dryRun ? site.write(work) : call.commit(work)),
      })
      call.note({ target: file.fileName, after: { dryRun: file.dryRun, ...answer.counts } })
      if (!file.dryRun) changed()
      return answer
    },
  }
}

/** Only things that are known can be linked; two of them at least. */
function problemOf({ ctx, rooms }: LinkParts, link: Link): SitedeskError | null {
  const given = Object.values(link).filter((part) => part !== '').length
  if (given < 2)
    return new SitedeskError('INVALID_INPUT', 'A link joins two of a room, a meter and an account.', {
      given,
    })
  if (link.room_id !== '' && !rooms.locate(link.room_id)) return notFound('room', link.room_id)
  const { history } = ctx.store
  const meter = history.statement("SELECT 1 AS n FROM meter WHERE source = 'water' AND device_id = ?")
  if (link.device_code !== '' && !meter.get(link.device_code)) return notFound('meter', link.device_code)
  const account = history.statement(
    'SELECT 1 AS n FROM water_record WHERE dataset = ? AND user_code = ? LIMIT 1',
  )
  const isKnown = ['costs', 'payments', 'schedules'].some((list) => account.get(list, link.user_code))
  return link.user_code !== '' && !isKnown ? notFound('account', link.user_code) : null
}

const FIND = 'SELECT * FROM water_link WHERE room_id = ? AND device_code = ? AND user_code = ?'
const INSERT = `INSERT INTO water_link (id, room_id, device_code, user_code, how, note, operator, at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

/** The same link again stays as it was; only inside `site.write`. */
function put(
  { ports, store }: CoreContext,
  call: Call,
  { room_id, device_code, user_code }: Link,
  { how, note }: { how: 'hand' | 'import'; note: string },
): { outcome: 'new' | 'same'; row: Stored } {
  const { site } = store
  const before = site.statement<Stored>(FIND).get(room_id, device_code, user_code)
  if (before) return { outcome: 'same', row: before }
  const row = {
    id: ports.random.uuid(),
    room_id,
    device_code,
    user_code,
    how,
    note,
    operator: call.operator?.name ?? '',
    at: ports.clock.now(),
  }
  site.statement(INSERT).run(row.id, room_id, device_code, user_code, how, note, row.operator, row.at)
  return { outcome: 'new', row }
}

export interface ArrearsInput {
  readonly query?: string | undefined
  readonly region_id?: string | undefined
  readonly linked?: boolean | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

/** W-27: above zero owes, nothing is netted. Searched in what it is linked to as well, so filtered here. */
export const arrearsOf = (parts: LinkParts, input: ArrearsInput) => ({
  ...arrears(parts, input),
  asOf: parts.state.completeAt('water', 'costs'),
})

function arrears({ ctx, links }: LinkParts, input: ArrearsInput) {
  const { query, region_id, linked, offset = 0, limit = DEFAULT_LIMIT } = input
  const where = [['amount > 0'] as const, ofMembers('costs', 'user_code', region_id)]
  const owing = pager(ctx.store.history).page('costs', where, { limit: -1 }, 'amount DESC, key').rows
  const graph = links.graph()
  const found = owing
    .map((row) => ({ row, tied: graph.ofAccount(row.user_code) }))
    .filter(({ row, tied }) => {
      if (linked !== undefined && (tied?.rooms.length ?? 0) > 0 !== linked) return false
      const of = tied
        ? [...tied.devices.map((d) => d.device_code), ...tied.rooms.map((r) => r.path.join(''))]
        : []
      return holds(query, row.user_code, row.username, ...of)
    })
  const rows = found.slice(offset, offset + limit).map(({ row, tied }) => ({
    ...masked(row),
    devices: tied?.devices ?? [],
    rooms: tied?.rooms ?? [],
  }))
  return { total: found.length, rows }
}
