import type { CallOptions } from '../upstream/index.ts'

/** What recharging needs of rooms and shifts. */
export interface RoomsPort {
  locate(
    roomId: string,
  ): { id: string; path: string[]; level: number; active: boolean; selectable: boolean } | null
  /** active rooms */
  allRooms(): string[]
  balanceOf(roomId: string): { balanceFen: number; at: number } | null
  /** exact path, unique name, id or meter number */
  resolveName(text: string): Promise<string | null>
  touch(roomId: string): Promise<void>
  refresh(roomId: string, options?: CallOptions): Promise<void>
}

export interface ShiftsPort {
  openShiftOf(operator: string): string | null
  /** whether the money of this sale was counted when that shift was closed: it lies with what was handed in */
  counted(shiftId: string, intentId: string): boolean
}
