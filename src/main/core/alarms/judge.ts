import type { Measure } from '#shared/alarms.ts'
import type { RuleSettings } from './types.ts'

/** 0: nothing is the matter. */
export type Level = 0 | 1 | 2
type Levels = Pick<RuleSettings, 'level' | 'level2' | 'hysteresis'>

/**
 * The level of a figure that was at `was` before: a level is reached at its bound, and left only once the figure has
 * come back by the hysteresis, so that one that trembles at the bound is told of once.
 */
export function judge(measure: Measure, levels: Levels, value: number, was: Level): Level {
  const beyond = (level: number, slack: number) =>
    measure.side === 'above' ? value >= level - slack : value <= level + slack
  const at = (n: 1 | 2) => beyond(n === 1 ? levels.level : levels.level2, was >= n ? levels.hysteresis : 0)
  if (measure.two && at(2)) return 2
  return at(1) ? 1 : 0
}

/** The figure farthest back that can still matter. */
export function boundOf({ side, two }: Measure, { level, level2, hysteresis }: Levels): number {
  const levels = two ? [level, level2] : [level]
  return side === 'above' ? Math.min(...levels) - hysteresis : Math.max(...levels) + hysteresis
}
