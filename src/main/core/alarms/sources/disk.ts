import type { CoreContext } from '../../context.ts'
import type { AlarmSource } from '../types.ts'

const MEBIBYTE = 1024 * 1024

/** Free space where the data folder lies. */
export const diskFull = ({ ports, options }: Pick<CoreContext, 'ports' | 'options'>): AlarmSource => ({
  rule: 'diskFull',
  wakes: [],
  pace: 'quick',
  facts: () => [
    {
      subject: 'data',
      name: () => options.directory,
      value: Math.floor(ports.files.freeBytes(options.directory) / MEBIBYTE),
    },
  ],
})
