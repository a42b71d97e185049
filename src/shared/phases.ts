/** Phase values of IE-7 by the vendor's names, as reported: units and the CT ratio are not stated (I-25). */
export const PHASE_NAMES = [
  'voltA',
  'voltB',
  'voltC',
  'electricA',
  'electricB',
  'electricC',
  'totalActivePower',
  'activePowerA',
  'activePowerB',
  'activePowerC',
  'totalReactivePower',
  'reactivePowerA',
  'reactivePowerB',
  'reactivePowerC',
] as const
export type PhaseName = (typeof PHASE_NAMES)[number]

/** 尖 峰 平 谷: what a register is split into. */
export const BAND_NAMES = ['sharp', 'peak', 'flat', 'valley'] as const
export type BandName = (typeof BAND_NAMES)[number]
