import { z } from '../z.ts'
import { deviceCode } from './values.ts'
import { nothing, read, write } from './define.ts'

/** Millimetres with one decimal at most. */
const mm = z.number().min(0).max(500).multipleOf(0.1)

/** Which of the two codes (S3 L25–27): `manager` binds the charger, `user` charges with it. */
export const labelKind = z.enum(['manager', 'user'])
export type LabelKind = z.infer<typeof labelKind>

/** Labels on a sheet, or one after another on a roll (a sheet of one label). Sizes in mm. */
export const labelLayout = z.strictObject({
  name: z.string().trim().min(1).max(40),
  pageWidth: mm.min(15),
  pageHeight: mm.min(10),
  rows: z.int().min(1).max(40),
  columns: z.int().min(1).max(20),
  labelWidth: mm.min(15),
  labelHeight: mm.min(10),
  marginTop: mm,
  marginLeft: mm,
  /** between two labels */
  gapX: mm,
  gapY: mm,
  /** edge of the QR with its quiet zone */
  qrSize: mm.min(8),
  /** moves everything, found with the calibration page */
  shiftX: z.number().min(-10).max(10).multipleOf(0.1),
  shiftY: z.number().min(-10).max(10).multipleOf(0.1),
})
export type LabelLayout = z.infer<typeof labelLayout>

export const labelSettings = z.strictObject({
  /** `{code}` stands for the device code; without an address the bare code is the QR */
  managerUrl: z.string().max(300),
  userUrl: z.string().max(300),
  title: z.string().max(40),
  layouts: z.array(labelLayout).min(1).max(30),
  /** name of the layout used last */
  chosen: z.string(),
})
export type LabelSettings = z.infer<typeof labelSettings>

export const labels = {
  'labels.settings': read({
    access: ['installer', 'supervisor'],
    summary: 'Addresses in the QR codes and the sheets and rolls in use.',
    input: nothing,
    output: labelSettings,
  }),
  'labels.save': write({
    access: ['installer', 'supervisor'],
    summary: 'Changes addresses and sheets.',
    input: labelSettings,
    output: labelSettings,
  }),
  'labels.images': read({
    access: ['installer', 'supervisor'],
    summary: 'A ZIP of one PNG a label and a list (code, kind, file), base64.',
    input: z.strictObject({
      deviceCodes: z.array(deviceCode).min(1).max(1000),
      kinds: z.array(labelKind).min(1).max(2),
      /** pixels of a QR module */
      scale: z.int().min(2).max(32).optional(),
    }),
    output: z.object({ fileName: z.string(), base64: z.string() }),
  }),
}
