import type { Output } from '#shared/contract/index.ts'
import type { CoreContext } from '../context.ts'
import type { Rooms } from '../rooms/index.ts'

type Row = Output<'water.links'>['rows'][number]
export type How = Row['rooms'][number]['how']

/** Who belongs to whom: rooms, meters and accounts, by what the systems say and what people said. */
export interface Graph {
  /** accounts first, then meters without one */
  readonly rows: readonly Row[]
  ofAccount(userCode: string): Row | undefined
}

type Ties = Map<string, Map<string, How>>

/** What a person says goes before what was found by number. */
function tie(ties: Ties, from: string, to: string, how: How): void {
  if (from === '' || to === '') return
  const known = ties.get(from) ?? new Map<string, How>()
  if (how !== 'auto' || !known.has(to)) known.set(to, how)
  ties.set(from, known)
}

const AUTO_DEVICES = `SELECT DISTINCT user_code, device_code FROM water_record
  WHERE dataset IN ('payments', 'schedules') AND user_code <> '' AND device_code <> ''`
const AUTO_ROOMS = `SELECT rm.room_id, rm.table_no FROM room_meter rm
  JOIN meter m ON m.source = 'water' AND m.device_id = rm.table_no`

/** Worked out anew after something of it changed; thousands of accounts take some milliseconds. */
export function createGraph({ store, events }: CoreContext, rooms: Pick<Rooms, 'locate'>) {
  let known: Graph | null = null
  const forget = () => {
    known = null
  }
  const stop = events.on((event) => {
    if (event.type === 'changed' && (event.area === 'water' || event.area === 'rooms')) forget()
  })
  return {
    forget,
    stop,
    graph: (): Graph => (known ??= build(store, rooms)),
  }
}

function build({ history, site }: CoreContext['store'], rooms: Pick<Rooms, 'locate'>): Graph {
  const devices: Ties = new Map()
  const roomsOfDevice: Ties = new Map()
  const roomsOfUser: Ties = new Map()
  for (const { user_code, device_code } of history
    .statement<{ user_code: string; device_code: string }>(AUTO_DEVICES)
    .all())
    tie(devices, user_code, device_code, 'auto')
  for (const { room_id, table_no } of history
    .statement<{ room_id: string; table_no: string }>(AUTO_ROOMS)
    .all())
    tie(roomsOfDevice, table_no, room_id, 'auto')
  for (const link of site.all(site.query.selectFrom('water_link').selectAll())) {
    const how = link.how as How
    tie(devices, link.user_code, link.device_code, how)
    tie(roomsOfDevice, link.device_code, link.room_id, how)
    tie(roomsOfUser, link.user_code, link.room_id, how)
  }
  const rowOf = (user_code: string, username: string, own: readonly (readonly [string, How])[]): Row => {
    const found = new Map(roomsOfUser.get(user_code))
    for (const [device] of own) {
      for (const [room, how] of roomsOfDevice.get(device) ?? [])
        if (how !== 'auto' || !found.has(room)) found.set(room, how)
    }
    return {
      user_code,
      username,
      devices: own.map(([device_code, how]) => ({ device_code, how })),
      rooms: [...found].map(([roomId, how]) => ({
        roomId,
        path: rooms.locate(roomId)?.path ?? [roomId],
        how,
      })),
    }
  }
  const accounts = accountsOf(history, devices).map(({ user_code, name }) =>
    rowOf(user_code, name, [...(devices.get(user_code) ?? [])]),
  )
  const taken = new Set(accounts.flatMap((row) => row.devices.map(({ device_code }) => device_code)))
  const alone = history
    .statement<{ device_id: string; user_name: string }>(
      "SELECT device_id, user_name FROM meter WHERE source = 'water' ORDER BY device_id",
    )
    .all()
    .filter(({ device_id }) => !taken.has(device_id))
    .map(({ device_id, user_name }) => rowOf('', user_name, [[device_id, 'auto']]))
  const byAccount = new Map(accounts.map((row) => [row.user_code, row]))
  return { rows: [...accounts, ...alone], ofAccount: (userCode) => byAccount.get(userCode) }
}

/** Those of the list of accounts, and those that only other rows name. */
function accountsOf(history: CoreContext['store']['history'], devices: Ties) {
  const listed = history
    .statement<{ user_code: string; name: string }>(
      "SELECT user_code, name FROM water_record WHERE dataset = 'costs' ORDER BY user_code",
    )
    .all()
  const known = new Set(listed.map(({ user_code }) => user_code))
  const others = [...devices.keys()]
    .filter((user) => !known.has(user))
    .map((user_code) => ({ user_code, name: '' }))
  return [...listed, ...others]
}
