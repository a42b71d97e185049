import { describe, expect, it } from 'vitest'
import { REASONS, TITLES } from '#core/devices/import.ts'
import { CHARGER_REASONS } from '#shared/charger-reasons.ts'
import { provisioning } from '#shared/contract/provisioning.ts'
import {
  PROVISIONING_QUESTIONS,
  PROVISIONING_REASONS,
  PROVISIONING_STEPS,
} from '#shared/provisioning-codes.ts'
import { en } from '../../../src/renderer/app/i18n/en/index.ts'
import { zhCN } from '../../../src/renderer/app/i18n/zh-CN/index.ts'
import { STAGES } from '../../../src/renderer/features/provisioning/stages.ts'

const languages = [
  ['zh-CN', zhCN],
  ['en', en],
] as const

describe.each(languages)(
  'in %s every code of the core has its words, and none stands for nothing',
  (_, texts) => {
    it('why a charger failed', () => {
      const codes = [...new Set<string>([...CHARGER_REASONS, ...PROVISIONING_REASONS])]
      expect(Object.keys(texts.chargerReason).toSorted()).toEqual(codes.toSorted())
    })

    it('what a person is asked', () => {
      expect(Object.keys(texts.chargerQuestion).toSorted()).toEqual([...PROVISIONING_QUESTIONS].toSorted())
    })

    it('why a line of a sheet was refused, and in which column', () => {
      expect(Object.keys(texts.devices.importError).toSorted()).toEqual(Object.keys(REASONS).toSorted())
      expect(Object.keys(texts.devices.importColumn).toSorted()).toEqual(Object.keys(TITLES).toSorted())
    })

    it('every step and every stage', () => {
      const plain = PROVISIONING_STEPS.filter((step) => !step.startsWith('test'))
      expect(Object.keys(texts.provisioning.step)).toEqual(
        expect.arrayContaining([...plain, 'on', 'seen', 'off']),
      )
      expect(Object.keys(texts.provisioning.stage).toSorted()).toEqual([...STAGES].toSorted())
    })
  },
)

it.each(languages)('in %s every state of a line of the list has its words and its hint', (_, texts) => {
  const states = provisioning['provisioning.expected'].output.shape.rows.element.shape.state.options
  const { stateName, stateHint } = texts.provisioning.create
  expect(Object.keys(stateName)).toEqual(expect.arrayContaining([...states]))
  expect(Object.keys(stateHint).toSorted()).toEqual(Object.keys(stateName).toSorted())
})
