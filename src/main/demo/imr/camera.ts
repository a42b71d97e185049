import { DAY, formatDateTime } from '#shared/time.ts'
import { hash } from '../hash.ts'
import { CAMERA_TYPE } from './meters.ts'
import { counterPicture } from './picture.ts'
import type { WireRow } from './rows.ts'
import type { Slot, VendorSite } from './site.ts'

const PICTURES = 'picture'
/** A host that no administrator of the demo approved; nobody answers there. */
const FOREIGN = 'http://pictures.invalid'
const HUNDREDTHS = 100
/** Days for which this platform keeps pictures. */
const PICTURE_DAYS = 31

/** One in so many pictures: could not be read, was read wrongly, is not there, lies with a foreign host. */
const RATES = { unread: 29, misread: 23, missing: 41, foreign: 97 }

type Luck = 'unread' | 'misread' | 'missing' | 'foreign'

const chanceOf = (site: VendorSite, { meter, at }: Slot, salt: number) =>
  hash(site.calendar.seed + salt, meter.index, at / 1000)
const hasLuck = (site: VendorSite, slot: Slot, luck: Luck, salt: number) =>
  chanceOf(site, slot, salt) % RATES[luck] === 0

/** What was misread before that somebody has put right on the platform. */
const isRecent = ({ calendar }: VendorSite, at: number) =>
  at + calendar.zone >= (calendar.startDay - PICTURE_DAYS) * DAY

/** A wrong digit among hundreds or thousands: what a smear on the glass does. */
function misread(value: number, chance: number): number {
  const place = chance & 1 ? 100 * HUNDREDTHS : 1000 * HUNDREDTHS
  const digit = Math.floor(value / place) % 10
  return value + (((digit + 3 + ((chance >> 3) % 4)) % 10) - digit) * place
}

/** IE-8: what the camera of a meter read, right or wrong, and where the picture is. */
export function cameraRow(site: VendorSite, slot: Slot): WireRow {
  const { meter, at } = slot
  const value = site.register(meter, at)
  const unread = hasLuck(site, slot, 'unread', 1)
  const isMisread = isRecent(site, at) && hasLuck(site, slot, 'misread', 2)
  const read = isMisread ? misread(value, chanceOf(site, slot, 3)) : value
  const own = at > site.now() - PICTURE_DAYS * DAY ? site.pictures.base : ''
  const base = own !== '' && hasLuck(site, slot, 'foreign', 5) ? FOREIGN : own
  return {
    project_code: meter.project,
    tableNo: meter.tableNo,
    imageReadTime: formatDateTime(at, site.calendar.zone),
    imageStatus: unread ? '图像模糊' : '解析正常',
    imageUrl: base === '' ? '' : `${base}/${PICTURES}/${meter.tableNo}/${at / 1000}.png`,
    basicReading: unread ? '' : read / HUNDREDTHS,
  }
}

/** The picture behind an address of `cameraRow`; null where there is none. */
export function pictureAt(site: VendorSite, path: string): Buffer | null {
  const m = /^picture\/(\d+)\/(\d+)\.png$/.exec(path)
  const meter = site.byTableNo(m?.[1] ?? '')
  const at = Number(m?.[2]) * 1000
  if (!meter || meter.typeCode !== CAMERA_TYPE || !Number.isSafeInteger(at)) return null
  const slot = { meter, at }
  if (hasLuck(site, slot, 'missing', 4)) return null
  const value = site.register(meter, at)
  return counterPicture({ seed: chanceOf(site, slot, 6), value, blurred: hasLuck(site, slot, 'unread', 1) })
}
