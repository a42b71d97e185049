import type { IncomingHttpHeaders } from 'node:http'
import { DAY } from '#shared/time.ts'
import type { DemoRoom } from '../campus/rooms.ts'
import { Faults } from '../faults.ts'
import type { Fields } from '../gatekeeper.ts'
import type { VendorSite } from '../imr/site.ts'
import { html, HTML_PAGE, plain, startLoopback, type Loopback, type Reply } from '../loopback.ts'
import { chartPicture } from './picture.ts'
import { QUERIES, type QueryParts, type WaterFaultKind } from './queries.ts'
import { createWaterSite, type WaterSite } from './site.ts'

export type { WaterFaultKind } from './queries.ts'

export interface WaterVendor {
  readonly url: string
  readonly token: string
  readonly site: WaterSite
  setFault(kind: WaterFaultKind, on: boolean | number): Promise<void>
  faults(): WaterFaultKind[]
  close(): Promise<void>
}

interface WaterOptions {
  readonly site: VendorSite
  /** those of the campus platform */
  readonly rooms: readonly DemoRoom[]
  readonly port?: number | undefined
}

const TOKEN = 'demo-water-token'
/** The water system on a loopback port of its own (spec §4): GET, a token that the document does not name, no codes. */
export async function startWaterVendor({ site, rooms, port }: WaterOptions): Promise<WaterVendor> {
  let server: Loopback | null = null
  const parts: QueryParts = {
    site: createWaterSite(site, rooms),
    faults: new Faults<WaterFaultKind>(),
    base: () => `http://127.0.0.1:${server?.port ?? 0}`,
    late: new Set(),
  }
  const started = await startLoopback({
    method: 'GET',
    forms: false,
    now: site.now,
    port,
    answer: (path, fields, headers) => answer(parts, path, fields, headers),
  })
  server = started
  return {
    url: `http://127.0.0.1:${started.port}/api`,
    token: TOKEN,
    site: parts.site,
    async setFault(kind, on) {
      parts.faults.set(kind, on)
      if (kind === 'stall' && on === false) started.letGo()
      if (kind === 'down') await (on ? started.shut() : started.open())
    },
    faults: () => parts.faults.active(),
    close: () => started.shut(),
  }
}

function answer(parts: QueryParts, path: string, fields: Fields, headers: IncomingHttpHeaders): Reply {
  const { faults } = parts
  const chart = /^charts\/(\w+)\.png$/.exec(path)?.[1]
  if (chart !== undefined) return picture(parts, chart)
  const query = path.startsWith('api/') ? QUERIES[path.slice('api/'.length)] : undefined
  if (!query) return plain(404, 'not found')
  if (headers.authorization !== `Bearer ${TOKEN}` || faults.strikes('unauthorized'))
    return plain(401, 'unauthorized')
  if (faults.strikes('stall')) return { kind: 'hold' }
  if (faults.strikes('serverError')) return plain(500, 'Internal Server Error')
  if (faults.strikes('htmlPage')) return html(200, HTML_PAGE)
  if (faults.strikes('errorCode')) return { kind: 'json', envelope: { code: 401, msg: '未登录' } }
  return { kind: 'json', envelope: query(parts, fields, path), cut: faults.strikes('cutJson') }
}

function picture({ site }: QueryParts, code: string): Reply {
  const device = site.devices.find(({ deviceCode }) => deviceCode === code)
  if (!device) return plain(404, 'not found')
  const day = Math.floor(site.now() / DAY) * DAY
  const values = Array.from({ length: 31 }, (_, i) => {
    const end = day - (30 - i) * DAY
    return site.register(device, end) - site.register(device, end - DAY)
  })
  return { kind: 'file', type: 'image/png', bytes: chartPicture(values) }
}
