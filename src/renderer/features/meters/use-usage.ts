import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import type { MeterRow } from '#shared/contract/meters.ts'
import type { SitedeskError } from '#shared/errors.ts'
import type { Bucket, ZoneOffset } from '#shared/time.ts'
import { useClient } from '../../api/client.ts'
import { readKey, useRead } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { earlierSpan, shiftOf, type Shift } from './compare.ts'
import { alignSpan, bucketsOf, runningBucket } from './spans.ts'
import {
  fill,
  fillEarlier,
  indexRows,
  type UsageCell,
  type UsageRow,
  type UsageSeries,
} from './usage-rows.ts'
import type { MeterView } from './view-state.ts'

interface MainSeries extends UsageSeries {
  readonly cells: readonly UsageCell[]
}

/** What chart, table and caption show: one model, so that all three say the same. */
export interface UsageModel {
  readonly bucket: Bucket
  readonly buckets: readonly number[]
  readonly running: number
  readonly main: MainSeries
  readonly others: readonly UsageSeries[]
  readonly asOf: number | null
}

export interface UsageRead {
  /** the last complete answer; stays while another span is asked, so that nothing flickers */
  readonly model: UsageModel | null
  readonly error: SitedeskError | null
  readonly busy: boolean
  retry(): void
}

const shiftFor = (view: MeterView, zone: ZoneOffset): Shift | null =>
  view.compare.kind === 'previous' || view.compare.kind === 'lastYear'
    ? shiftOf(view.compare.kind, view.quick, view.span, view.bucket, zone)
    : null

/** The last value that was not null. */
function useHeld<T>(value: T | null): T | null {
  const [held, hold] = useState(value)
  if (value !== null && value !== held) hold(value)
  return value ?? held
}

export function useUsage(meter: UsageMeter, view: MeterView): UsageRead {
  const { zone } = useSite()
  const { bucket, compare } = view
  const compared = useComparedMeters(
    compare.kind === 'meters' ? compare.ids.filter((id) => id !== meter.id) : [],
  )
  const shift = shiftFor(view, zone)
  const main = useRead(
    'meters.usage',
    {
      meterIds: [meter.id, ...compared.map(({ id }) => id)],
      ...alignSpan(view.span, bucket, zone),
      bucket,
    },
    { keepPrevious: false },
  )
  const earlier = useRead(
    'meters.usage',
    { meterIds: [meter.id], ...earlierSpan(view.span, shift ?? { ms: 0 }, bucket, zone), bucket },
    { enabled: shift !== null, keepPrevious: false },
  )
  const model = useModel({ meter, view, compared, shift, main: main.data, earlier: earlier.data })
  return {
    model: useHeld(model),
    error: main.error ?? earlier.error,
    busy: main.isFetching || earlier.isFetching,
    retry: () => {
      void main.refetch()
      if (shift) void earlier.refetch()
    },
  }
}

type UsageMeter = Pick<MeterRow, 'id' | 'tableNo'>
type Answer = Output<'meters.usage'>

interface Answers {
  readonly meter: UsageMeter
  readonly view: MeterView
  readonly compared: readonly UsageMeter[]
  readonly shift: Shift | null
  readonly main: Answer | undefined
  readonly earlier: Answer | undefined
}

/** Null until everything that is compared is there. The view stands still for an hour (useView). */
function useModel({ meter, view, compared, shift, main, earlier }: Answers): UsageModel | null {
  const site = useSite()
  const { t } = useTranslation()
  const { zone } = site
  const { bucket, span, compare } = view
  const running = runningBucket(bucket, site.now(), zone)
  const name =
    compare.kind === 'previous' || compare.kind === 'lastYear' ? t(`meters.compareWith.${compare.kind}`) : ''
  const names = compared.map(({ tableNo }) => tableNo).join('\n')
  return useMemo(() => {
    if (!main || (shift && !earlier)) return null
    return buildModel({
      meter,
      bucket,
      buckets: bucketsOf(span, bucket, running, zone),
      running,
      rows: main.rows,
      asOf: main.asOf,
      compared,
      earlier: shift && earlier ? { rows: earlier.rows, shift, name } : null,
      zone,
    })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `compared` and `shift` are new objects each draw; names and view say the same
  }, [main, earlier, names, name, running, meter.id, view, zone])
}

interface Parts {
  readonly meter: UsageMeter
  readonly bucket: Bucket
  readonly buckets: readonly number[]
  readonly running: number
  readonly rows: readonly UsageRow[]
  readonly asOf: number | null
  readonly compared: readonly UsageMeter[]
  readonly earlier: { rows: readonly UsageRow[]; shift: Shift; name: string } | null
  readonly zone: ZoneOffset
}

export function buildModel(parts: Parts): UsageModel {
  const { meter, buckets, rows, earlier } = parts
  const others = parts.compared.map(({ id, tableNo }) => ({
    key: id,
    name: tableNo,
    cells: fill(buckets, indexRows(rows, id)),
  }))
  const before = earlier && {
    key: 'earlier',
    name: earlier.name,
    cells: fillEarlier(buckets, indexRows(earlier.rows, meter.id), earlier.shift, parts.zone),
  }
  return {
    bucket: parts.bucket,
    buckets,
    running: parts.running,
    main: { key: meter.id, name: meter.tableNo, cells: fill(buckets, indexRows(rows, meter.id)) },
    others: before ? [before] : others,
    asOf: parts.asOf,
  }
}

/** The meters laid beside this one, by their numbers; one that is unknown is left out. */
function useComparedMeters(ids: readonly string[]): readonly UsageMeter[] {
  const client = useClient()
  const reads = useQueries({
    queries: ids.map((id) => ({
      queryKey: readKey('meters.get', { meterId: id }),
      queryFn: () => client.call('meters.get', { meterId: id }),
    })),
  })
  return reads.flatMap(({ data }) => (data ? [{ id: data.id, tableNo: data.tableNo }] : []))
}
