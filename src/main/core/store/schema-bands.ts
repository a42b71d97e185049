import type { PhaseName } from '#shared/phases.ts'

/** Tables of history.db beside the readings of IMR. `at` in epoch seconds, values decimal strings as sent. */
export interface BandTables {
  consumption: {
    meter: number
    daily: number
    at: number
    reading: string
    dosage: string | null
    amount: string | null
    meter_type: string
  }
  band: {
    meter: number
    at: number
    /** epoch ms */
    reported_at: number | null
    total: string | null
    sharp: string | null
    peak: string | null
    flat: string | null
    valley: string | null
    sum_ok: number
  }
  phase: { meter: number; at: number } & Record<PhaseName, string | null>
}
