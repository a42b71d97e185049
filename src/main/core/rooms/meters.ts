import type { CoreContext } from '../context.ts'
import type { CampusMeters, RoomMeter } from '../meters/index.ts'
import type { Directory } from './directory.ts'
import { isSelectable } from './rows.ts'
import { pathOf } from './tree.ts'

/** Numbers looked at between two turns of the event loop. */
const SLICE = 300
/** A meter of a stairwell may hang in a hundred rooms: so many of them are named. */
const NAMED = 3

interface Hanging {
  readonly room_id: string
  readonly type_code: string
  readonly reading: string | null
  readonly at: number
}

export interface RoomMeters {
  /** inside `history.write`, after the card of a room was stored: what hangs there now or did before */
  carded(tableNos: readonly string[]): void
  /** the addresses changed: names and paths of all, slice by slice */
  renew(signal?: AbortSignal): Promise<void>
  /** fewer are listed than hang in rooms: they came with an older version */
  areFewer(): boolean
}

/** What hangs in rooms (CE-4) is in the list of all meters too, under the source campus. */
export function createRoomMeters(
  { store: { history }, ports }: CoreContext,
  directory: Directory,
  campus: CampusMeters,
): RoomMeters {
  const hanging = history.statement<Hanging>(
    'SELECT room_id, type_code, reading, at FROM room_meter WHERE table_no = ? ORDER BY at DESC, room_id',
  )
  const fewer = history.statement(
    `SELECT 1 WHERE (SELECT count(DISTINCT table_no) FROM room_meter) >
       (SELECT count(*) FROM meter WHERE source = 'campus')`,
  )
  const part = history.statement<{ table_no: string }>(
    'SELECT DISTINCT table_no FROM room_meter WHERE table_no > ? ORDER BY table_no LIMIT ?',
  )
  const meterOf = (tableNo: string): RoomMeter | null => {
    const rows = hanging.all(tableNo)
    const [newest] = rows
    if (!newest) return null
    const places = rows
      .flatMap(({ room_id }) => directory.tree().places.get(room_id) ?? [])
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const inUse = places.filter(isSelectable)
    const shown = (inUse.length > 0 ? inUse : places).slice(0, NAMED)
    return {
      tableNo,
      typeCode: newest.type_code,
      name: shown.map(({ name }) => name).join('、'),
      place: shown.map((place) => pathOf(place).join(' / ')).join('；'),
      active: inUse.length > 0,
      reading: newest.reading,
      at: newest.at,
    }
  }
  return {
    areFewer: () => fewer.get() !== undefined,
    carded(tableNos) {
      const found = tableNos.map((tableNo) => ({ tableNo, meter: meterOf(tableNo) }))
      campus.put(found.flatMap(({ meter }) => meter ?? []))
      campus.gone(found.flatMap(({ tableNo, meter }) => (meter ? [] : [tableNo])))
    },
    async renew(signal) {
      for (let rows = part.all('', SLICE); rows.length > 0;) {
        const changed = rows
          .flatMap(({ table_no }) => meterOf(table_no) ?? [])
          .filter((meter) => !campus.holds(meter))
        if (changed.length > 0) await history.write(() => campus.put(changed))
        await ports.clock.yield()
        if (signal?.aborted) return
        rows = part.all(rows.at(-1)?.table_no ?? '', SLICE)
      }
    },
  }
}
