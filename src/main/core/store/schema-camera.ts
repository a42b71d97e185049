import type { ImageFile } from '#shared/contract/camera.ts'

/** Table of history.db: readings of camera meters. `at` in epoch seconds. */
export interface CameraTables {
  camera: {
    meter: number
    at: number
    status: string
    ok: number
    url: string
    value: string | null
    file: ImageFile
    problem: string | null
    type: string | null
    bytes: number
    tries: number
    /** epoch ms */
    try_after: number
  }
}

/** Table of site.db: what people decided on them. */
export interface CameraReviewTables {
  camera_review: {
    id: string
    source: string
    table_no: string
    /** epoch seconds */
    at: number
    state: 'accepted' | 'corrected' | 'rejected' | 'skipped'
    value: string | null
    original: string | null
    status: string
    reason: string
    by: string | null
    created_at: number
    decision: string | null
    withdrawn_at: number | null
    withdrawn_by: string | null
  }
}
