import { pick } from './hash.ts'
import type { Kind } from './imr/meters.ts'

export interface Place {
  readonly building: string
  readonly room: string
  readonly kind: Kind
  readonly dormitory: boolean
  /** kWh or m³ an average day */
  readonly perDay: number
  /** what the meter is called, where it has a name of its own */
  readonly name: string | null
}

const PUBLIC = [
  '图书馆',
  '行政楼',
  '第一教学楼',
  '第二教学楼',
  '实验楼A座',
  '实验楼B座',
  '第一食堂',
  '第二食堂',
  '体育馆',
  '大学生活动中心',
  '校医院',
  '信息中心',
] as const
const PARTS = ['总表', '照明', '空调', '动力', '给水总表', '消防用水', '生活用水'] as const
const SHOPS = ['超市', '水果店', '文印店', '咖啡店', '理发店', '快递站', '洗衣房', '奶茶店'] as const
const GARDENS = ['梅园', '兰园', '竹园', '菊园'] as const

const FLOORS = 6
const ROOMS = 20
const PER_BUILDING = FLOORS * ROOMS
/** one meter in so many that are no main meters belongs to a shop */
const SHOP_EVERY = 19

/** Main meters of the public buildings first, then dormitory rooms with shops among them. */
export function placeOf(index: number, mains: number): Place {
  if (index < mains) return mainMeter(index)
  const rest = index - mains
  if (rest % SHOP_EVERY === SHOP_EVERY - 1) return shop(Math.floor(rest / SHOP_EVERY))
  return dormitory(rest - Math.floor(rest / SHOP_EVERY))
}

function mainMeter(index: number): Place {
  const part = pick(PARTS, Math.floor(index / PUBLIC.length))
  const building = pick(PUBLIC, index)
  const kind = part.includes('水') ? 'water' : 'electricity'
  const floor = Math.floor(index / (PUBLIC.length * PARTS.length))
  const room = floor === 0 ? part : `${floor}层${part}`
  return {
    building,
    room,
    kind,
    dormitory: false,
    perDay: kind === 'water' ? 38 : 640,
    name: `${building}${room}`,
  }
}

function shop(index: number): Place {
  const kind = index % 4 === 3 ? 'water' : 'electricity'
  const number = String(index + 1).padStart(3, '0')
  return {
    building: '商业街',
    room: number,
    kind,
    dormitory: false,
    perDay: kind === 'water' ? 1.8 : 24,
    name: `${pick(SHOPS, index)}${number}`,
  }
}

/** Buildings alternate between one electricity meter a room, and one of each kind. */
function dormitory(index: number): Place {
  const pair = Math.floor(index / (PER_BUILDING * 3))
  const within = index % (PER_BUILDING * 3)
  const both = within >= PER_BUILDING
  const building = pair * 2 + (both ? 1 : 0)
  const room = both ? Math.floor((within - PER_BUILDING) / 2) : within
  const kind = both && within % 2 === 1 ? 'water' : 'electricity'
  const floor = Math.floor(room / ROOMS) + 1
  return {
    building: `${pick(GARDENS, building)}${Math.floor(building / GARDENS.length) + 1}栋`,
    room: `${floor}${String((room % ROOMS) + 1).padStart(2, '0')}`.padStart(4, '0'),
    kind,
    dormitory: true,
    perDay: kind === 'water' ? 0.34 : 4.6,
    name: null,
  }
}
