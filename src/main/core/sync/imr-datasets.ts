import type { Dataset } from '#shared/contract/sync.ts'
import { SitedeskError } from '#shared/errors.ts'
import { readingsOfCamera, type Meters } from '../meters/index.ts'
import type { Settings } from '../settings/index.ts'
import { REAL_TIME } from '../upstream/index.ts'
import type { CallOptions, ImrClient, Page, WindowRequest } from '../upstream/types.ts'
import { fetchWindow, type FetchOptions, type FetchParts, type WindowEnd } from './fetch-window.ts'
import type { WindowKey } from './windows.ts'

export interface DatasetAreas extends FetchParts {
  readonly meters: Meters
  readonly settings: Pick<Settings, 'values'>
}

/**
 * One list endpoint of IMR that takes BeginDate and EndDate. Its name in the contract (`shared/contract/sync.ts`)
 * and one description in `IMR_WINDOWS` make it resumable, incremental and part of every whole run.
 */
interface Description<R> {
  readonly which: Dataset
  /** not every deployment has it: a 404 ends it without failing the run (I-44) */
  readonly optional: boolean
  /** false: it is not asked for at all as the site is set up */
  isOn?(areas: DatasetAreas): boolean
  fetch(
    client: ImrClient,
    request: WindowRequest,
    options: CallOptions,
    areas: DatasetAreas,
  ): Promise<Page<R>>
  /** inside `history.write`, at most INGEST_SLICE rows at a time; the same rows again change nothing */
  store(areas: DatasetAreas, rows: readonly R[], at: number): void
  /** resolves after a window is complete; what has its own pace begins here and is not waited for */
  readonly onWindow?: (areas: DatasetAreas, key: WindowKey) => void
}

/** A description whose rows nobody else needs to know the type of. */
export interface WindowDataset {
  readonly which: Dataset
  readonly optional: boolean
  isOn(areas: DatasetAreas): boolean
  fetchWindow(
    areas: DatasetAreas,
    client: ImrClient,
    key: WindowKey,
    options: FetchOptions,
  ): Promise<WindowEnd>
}

function described<R>(description: Description<R>): WindowDataset {
  const { which, optional, onWindow } = description
  return {
    which,
    optional,
    isOn: (areas) => description.isOn?.(areas) ?? true,
    async fetchWindow(areas, client, key, options) {
      const source = {
        fetch: (
          { from, to, scope }: WindowKey,
          request: Omit<WindowRequest, 'from' | 'to'>,
          o: CallOptions,
        ) =>
          // scope '' asks for all meters, else for one table number (I-19)
          description.fetch(
            client,
            { ...request, ...(scope === '' ? {} : { tableNos: [scope] }), from, to },
            o,
            areas,
          ),
        store: (_: WindowKey, rows: readonly R[], at: number) => description.store(areas, rows, at),
      }
      const end = await fetchWindow(areas, key, source, options)
      onWindow?.(areas, key)
      return end
    },
  }
}

const dailyCode = ({ settings }: DatasetAreas) => settings.values().upstreams.imr.dailyTypeCode ?? null

/** In the order of a whole run. */
export const IMR_WINDOWS: readonly WindowDataset[] = [
  described({
    which: 'readings',
    optional: false,
    fetch: (client, request, options) => client.readMeterList(request, options),
    store: ({ meters }, rows, at) => meters.readings.ingest('imr', 'readMeterList', rows, at),
  }),
  described({
    which: 'bands',
    optional: true,
    fetch: (client, request, options) => client.peaksValleysRead(request, options),
    store: ({ meters }, rows, at) => meters.bands.ingest('imr', rows, at),
  }),
  described({
    which: 'camera',
    optional: true,
    fetch: (client, request, options) => client.cameraRead(request, options),
    store({ meters }, rows, at) {
      meters.camera.ingest('imr', rows, at)
      // what the vendor could read is a reading like any other (interfaces §3)
      meters.readings.ingest('imr', 'cameraRead', readingsOfCamera(rows), at)
    },
  }),
  described({
    which: 'consumption',
    optional: true,
    fetch: (client, request, options) => client.readMeterDataList({ ...request, type: REAL_TIME }, options),
    store({ meters }, rows, at) {
      meters.consumption.ingest('imr', false, rows, at)
      // their registers belong to the one series of the meter (interfaces §3)
      meters.readings.ingest('imr', 'readMeterDataList', rows, at)
    },
  }),
  described({
    which: 'consumptionDaily',
    optional: true,
    // I-16: no request with another type leaves until somebody configured its code
    isOn: (areas) => dailyCode(areas) !== null,
    fetch: (client, request, options, areas) =>
      client.readMeterDataList({ ...request, type: dailyCode(areas) ?? '' }, options),
    store: ({ meters }, rows, at) => meters.consumption.ingest('imr', true, rows, at),
  }),
]

export const isWindowed = (which: Dataset) => IMR_WINDOWS.some((one) => one.which === which)

export function windowDataset(which: Dataset): WindowDataset {
  const found = IMR_WINDOWS.find((one) => one.which === which)
  if (!found) throw new SitedeskError('INVALID_INPUT', `dataset: imr has no history of ${which}.`, { which })
  return found
}

export const notSwitchedOn = (which: Dataset) =>
  new SitedeskError('NOT_CONFIGURED', `${which} is not fetched as this site is set up.`, { dataset: which })
