/** How a parameter or a field of an answer is called everywhere, and what it is (spec §3.4, §3.5). */
export interface FieldKind {
  readonly type: 'string' | 'integer' | 'number' | 'boolean'
  readonly note: string
  readonly example: string | number | boolean
}

export const text = (note: string, example: string): FieldKind => ({ type: 'string', note, example })
export const whole = (note: string, example: number): FieldKind => ({ type: 'integer', note, example })
export const yuan = (note: string, example: number): FieldKind => ({
  type: 'number',
  note: `${note}, yuan`,
  example,
})

export const flag = (note: string, example: boolean): FieldKind => ({ type: 'boolean', note, example })

export const TIME = 'yyyy-MM-dd HH:mm:ss'
