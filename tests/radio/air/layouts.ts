/** Service layouts that transparent UART modules have (B-08). UUIDs as bleno wants them: short ones short, no dashes. */
export interface Layout {
  readonly services: readonly ServiceLayout[]
  /** UUIDs in the advertising data: at most one long one fits beside the flags. */
  readonly advertised: readonly string[]
}

export interface ServiceLayout {
  readonly uuid: string
  readonly characteristics: readonly CharacteristicLayout[]
}

export interface CharacteristicLayout {
  readonly uuid: string
  readonly properties: readonly ('read' | 'write' | 'writeWithoutResponse' | 'notify' | 'indicate')[]
  /** `serial`: writes go to the firmware, notifications carry its replies, whichever of the two it can do. */
  readonly role: 'serial' | 'decoy'
}

/** Device Information and Battery: to be passed over, even with something to write and something to notify. */
const DECOYS: readonly ServiceLayout[] = [
  { uuid: '180a', characteristics: [{ uuid: '2a29', properties: ['read', 'write'], role: 'decoy' }] },
  { uuid: '180f', characteristics: [{ uuid: '2a19', properties: ['write', 'notify'], role: 'decoy' }] },
]

export const LAYOUTS = {
  /** HM-10 and its copies: one characteristic for both ways. */
  ffe0: layout('ffe0', [
    { uuid: 'ffe1', properties: ['write', 'writeWithoutResponse', 'notify'], role: 'serial' },
  ]),
  /** The same without write-with-response. */
  ffe0CommandOnly: layout('ffe0', [
    { uuid: 'ffe1', properties: ['writeWithoutResponse', 'notify'], role: 'serial' },
  ]),
  fff0: layout('fff0', [
    { uuid: 'fff1', properties: ['notify'], role: 'serial' },
    { uuid: 'fff2', properties: ['write', 'writeWithoutResponse'], role: 'serial' },
  ]),
  /** Nordic UART: RX is what the central writes. */
  nordicUart: layout('6e400001b5a3f393e0a9e50e24dcca9e', [
    {
      uuid: '6e400002b5a3f393e0a9e50e24dcca9e',
      properties: ['write', 'writeWithoutResponse'],
      role: 'serial',
    },
    { uuid: '6e400003b5a3f393e0a9e50e24dcca9e', properties: ['notify'], role: 'serial' },
  ]),
  /** UUIDs nobody knows, replies by indication, behind two services that must not be taken. */
  custom: {
    services: [
      ...DECOYS,
      {
        uuid: '8d4f0a1077c14e0ab6d5c1f0a2b3c4d5',
        characteristics: [
          { uuid: '8d4f0a1177c14e0ab6d5c1f0a2b3c4d5', properties: ['write'], role: 'serial' },
          { uuid: '8d4f0a1277c14e0ab6d5c1f0a2b3c4d5', properties: ['indicate'], role: 'serial' },
        ],
      },
    ],
    advertised: [],
  },
  /** Nothing that can be written and answers. */
  none: {
    services: [
      ...DECOYS,
      { uuid: 'ff00', characteristics: [{ uuid: 'ff01', properties: ['read'], role: 'decoy' }] },
    ],
    advertised: [],
  },
} satisfies Record<string, Layout>

export type LayoutName = keyof typeof LAYOUTS

function layout(uuid: string, characteristics: readonly CharacteristicLayout[]): Layout {
  return { services: [{ uuid, characteristics }], advertised: [uuid] }
}
