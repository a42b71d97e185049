import type { Books } from '#core/attendance/books.ts'
import { decideCorrection, proposeCorrection, withdrawCorrection } from '#core/attendance/corrections.ts'
import { correctionPage } from '#core/attendance/lists.ts'
import { CODE, Refusal } from '#core/charging/refusal.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { id, optionalInteger, optionalText, paging } from '../params.ts'
import {
  ACTION,
  LIST,
  actorOf,
  CORRECTION_STATES,
  correctionData,
  decision,
  timeIn,
  viewerOf,
} from './data.ts'

/** Times that hold once both sides agree. */
export const correctionEndpoints = (books: Books): Endpoint[] => [
  endpoint({
    ...ACTION,
    name: 'newAttCorrection',
    parse: (fields) => ({
      recordId: id(fields, 'recordId'),
      checkIn: timeIn(fields, 'checkInTime'),
      checkOut: timeIn(fields, 'checkOutTime'),
      note: optionalText(fields, 'note'),
    }),
    answer({ recordId, checkIn, checkOut, note }, call) {
      const wanted = { recordId, checkInAt: checkIn(books), checkOutAt: checkOut(books), note }
      return { correctionId: String(proposeCorrection(books, actorOf(call), wanted, call.now)) }
    },
  }),
  endpoint({
    ...ACTION,
    name: 'decideAttCorrection',
    parse: (fields) => ({
      correctionId: id(fields, 'correctionId'),
      accept: decision(fields),
      reason: optionalText(fields, 'reason'),
    }),
    answer: (given, call) => decideCorrection(books, actorOf(call), given, call.now),
  }),
  endpoint({
    ...ACTION,
    name: 'withdrawAttCorrection',
    parse: (fields) => id(fields, 'correctionId'),
    answer: (correctionId, call) => withdrawCorrection(books, actorOf(call), correctionId, call.now),
  }),
  endpoint({
    ...LIST,
    name: 'getAttCorrectionList',
    parse(fields) {
      const number = optionalInteger(fields, 'state')
      const state = number === undefined ? undefined : CORRECTION_STATES[number]
      if (number !== undefined && state === undefined) throw new Refusal(CODE.parameter, 'state 应为 0–3')
      return { projectId: id(fields, 'projectId'), state, slice: paging(fields) }
    },
    answer({ projectId, state, slice }, call) {
      const filter = { projectId, states: state === undefined ? [] : [state] }
      const { total, rows, limited } = correctionPage(books, viewerOf(call), filter, slice)
      return {
        totalCount: total,
        limited,
        abstractList: rows.map((row) => correctionData(books, row)),
      }
    },
  }),
]
