import { DAY, SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { Settings } from '../settings/index.ts'
import type { Fetched } from '../pictures/index.ts'

interface Place {
  readonly meter: number
  /** epoch seconds */
  readonly at: number
}

const FOLDER = 'images'
const MIB = 1024 * 1024
/** Pictures taken from the disk in one turn. */
const SLICE = 100

/** Pictures as files of a folder beside the store; which of them are there, history.db says. */
export function createCache(ctx: CoreContext, parts: { settings: Pick<Settings, 'values'> }) {
  const { history, directory } = ctx.store
  const { files, log } = ctx.ports
  const folder = files.join(directory, FOLDER)
  const fileOf = ({ meter, at }: Place) => files.join(folder, `${meter}-${at}.img`)
  const state = history.statement(
    'UPDATE camera SET file = ?, problem = NULL, type = ?, bytes = ? WHERE meter = ? AND at = ?',
  )
  const drop = async (places: readonly Place[]) => {
    await history.write(() => places.forEach(({ meter, at }) => state.run('dropped', null, 0, meter, at)))
    for (const place of places) files.remove(fileOf(place))
  }
  const room = createRoom(ctx, parts)
  /** takes away what is too old, or too much for `extra` bytes more */
  const trim = async (extra = 0): Promise<void> => {
    for (let some = room.surplus(extra); some.length > 0; some = room.surplus(extra)) await drop(some)
  }
  return {
    /** before anything is fetched */
    async tidy() {
      await room.giveUpOld()
      await trim()
    },
    async read(place: Place): Promise<Uint8Array | null> {
      try {
        return await files.read(fileOf(place))
      } catch (error) {
        log.warn('a picture could not be read', { error: String(error) })
        return null
      }
    },
    /** it is to be fetched again */
    forget: ({ meter, at }: Place) => history.write(() => void state.run('wanted', null, 0, meter, at)),
    async keep(place: Place, { type, bytes }: Extract<Fetched, { ok: true }>): Promise<void> {
      if (!room.isFor(place, bytes.length)) return drop([place])
      await trim(bytes.length)
      files.makeDirectory(folder)
      await files.write(fileOf(place), bytes)
      await history.write(() => void state.run('held', type, bytes.length, place.meter, place.at))
    },
  }
}

/** How much may be kept, and what has to go for it. */
function createRoom({ store, ports }: CoreContext, { settings }: { settings: Pick<Settings, 'values'> }) {
  const sum = store.history.statement<{ bytes: number }>(
    "SELECT coalesce(sum(bytes), 0) AS bytes FROM camera WHERE file = 'held'",
  )
  const oldest = store.history.statement<Place & { bytes: number }>(
    `SELECT meter, at, bytes FROM camera WHERE file = 'held' ORDER BY at LIMIT ${SLICE}`,
  )
  const olderThan = store.history.statement<{ bytes: number }>(
    "SELECT coalesce(sum(bytes), 0) AS bytes FROM camera WHERE file = 'held' AND at < ?",
  )
  const tooOld = store.history.statement(
    "UPDATE camera SET file = 'dropped', problem = NULL WHERE file = 'wanted' AND at < ?",
  )
  const used = () => sum.get()?.bytes ?? 0
  const limits = () => {
    const { cacheMb, imageDays } = settings.values().camera
    return { most: cacheMb * MIB, from: Math.floor((ports.clock.now() - imageDays * DAY) / SECOND) }
  }
  return {
    surplus(extra: number) {
      const { most, from } = limits()
      let over = used() + extra - most
      return oldest.all().filter(({ at, bytes }) => {
        if (at >= from && over <= 0) return false
        over -= bytes
        return true
      })
    },
    /** newer pictures are not dropped for an older one */
    isFor({ at }: Place, bytes: number): boolean {
      const { most } = limits()
      const older = olderThan.get(at)?.bytes ?? 0
      return bytes <= most && used() - older + bytes <= most
    },
    /** what is too old to be kept is not fetched */
    giveUpOld: () => store.history.write(() => void tooOld.run(limits().from)),
  }
}
