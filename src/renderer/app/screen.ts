import type { ComponentType } from 'react'
import type { OperationName } from '#shared/contract/index.ts'
import type { Role } from '#shared/contract/define.ts'
import type { TextKey } from './i18n/key.ts'

/** Groups of the navigation, in the order of ux.md. */
export const GROUPS = [
  'today',
  'recharge',
  'meters',
  'water',
  'chargers',
  'charging',
  'attendance',
  'system',
] as const
export type Group = (typeof GROUPS)[number]

/**
 * One screen. A feature names its screens in `features/<area>/screens.ts` (`export const screens: Screen[]`);
 * routes, navigation and the command palette follow from it, there is no other list.
 */
export interface Screen {
  /** `meters`, `meters/:meterId`; '' is the start page */
  readonly path: string
  readonly title: TextKey
  /** in the navigation under this group; without it only reached by links */
  readonly group?: Group
  /** place within the group */
  readonly order?: number
  readonly icon?: ComponentType
  /** hidden from operators without one of these roles (admin sees all); the core decides in any case */
  readonly roles?: readonly Role[]
  /** hidden where an administrator withheld this operation from one's roles */
  readonly needs?: OperationName
  /** not in the navigation where the vendor's deployment has no cameras (I-44) */
  readonly needsCameras?: boolean
  /** shown alone, without the frame of the console: paper */
  readonly bare?: boolean
  /** `() => import('./MeterList.tsx').then((m) => m.MeterList)` */
  readonly load: () => Promise<ComponentType>
}

const found = import.meta.glob<{ screens: readonly Screen[] }>('../features/*/screens.ts', { eager: true })

export const SCREENS: readonly Screen[] = Object.values(found).flatMap((feature) => feature.screens)

/** Once the first screen stands: fetches the others, so that each opens at once and also without the host. */
export async function loadAhead(screens: readonly Screen[], signal: AbortSignal): Promise<void> {
  for (const screen of screens) {
    if (signal.aborted) return
    // opening the screen tries again and says what is wrong
    await screen.load().catch(() => undefined)
  }
}

/** Screens of the navigation that this operator may see, by group. */
export function navigation(
  may: (roles: readonly Role[]) => boolean,
  withheld: readonly string[] = [],
): { group: Group; screens: Screen[] }[] {
  return GROUPS.map((group) => ({
    group,
    screens: SCREENS.filter(
      (s) => s.group === group && (!s.roles || may(s.roles)) && !withheld.includes(s.needs ?? ''),
    ).sort((a, b) => (a.order ?? 0) - (b.order ?? 0)),
  })).filter((entry) => entry.screens.length > 0)
}
