import type { DeviceRow } from '#shared/contract/devices.ts'
import type { LabelKind, LabelLayout, LabelSettings } from '#shared/contract/labels.ts'
import { labelText, placeLabels } from '#shared/labels.ts'
import { faceOf, type Face, type LabelContent } from './face.ts'

export const KINDS = ['manager', 'user'] as const
export const KIND_CHOICES = ['manager', 'user', 'both'] as const
export type KindChoice = (typeof KIND_CHOICES)[number]
export const kindsOf = (choice: KindChoice): readonly LabelKind[] => (choice === 'both' ? KINDS : [choice])

/** What a label is made of; the charger's two codes stand beside each other. */
export function contentsOf(
  devices: readonly Pick<DeviceRow, 'deviceCode' | 'alias'>[],
  choice: KindChoice,
  settings: Pick<LabelSettings, 'managerUrl' | 'userUrl' | 'title'>,
  kindWords: Readonly<Record<LabelKind, string>>,
): LabelContent[] {
  return devices.flatMap(({ deviceCode, alias }) =>
    kindsOf(choice).map((kind) => ({
      code: deviceCode,
      alias,
      title: settings.title,
      kind: kindWords[kind],
      text: labelText(settings, kind, deviceCode),
    })),
  )
}

export interface PlacedFace {
  readonly x: number
  readonly y: number
  readonly face: Face
}

/** The pages with their labels; only those from `first` on, `count` of them, are drawn. */
export function pagesOf(
  layout: LabelLayout,
  contents: readonly LabelContent[],
  start: number,
  part: { readonly first: number; readonly count: number } = { first: 0, count: Number.POSITIVE_INFINITY },
): PlacedFace[][] {
  const pages: PlacedFace[][] = []
  for (const [i, { page, x, y }] of placeLabels(layout, contents.length, start).entries()) {
    const content = contents[i]
    if (content === undefined || page < part.first || page >= part.first + part.count) continue
    const on = (pages[page - part.first] ??= [])
    on.push({ x, y, face: faceOf(layout, content) })
  }
  return pages
}

export const pageCount = (layout: LabelLayout, labels: number, start: number): number =>
  labels === 0 ? 0 : Math.ceil((start - 1 + labels) / (layout.rows * layout.columns))

/** A roll is a sheet of one label. */
export const isRoll = ({ rows, columns }: Pick<LabelLayout, 'rows' | 'columns'>): boolean =>
  rows * columns === 1

/** `codes=A,B` of the address, each once. */
export const codesOf = (text: string | null): string[] => [
  ...new Set(
    (text ?? '')
      .split(',')
      .map((code) => code.trim())
      .filter((code) => code !== ''),
  ),
]
