import type { Books } from '#core/attendance/books.ts'
import { noticePage, recordPage } from '#core/attendance/lists.ts'
import {
  cancelCheckIn,
  decideCheckIn,
  recordCheckOut,
  requestCheckIn,
  subscribe,
} from '#core/attendance/shifts.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { id, optionalInteger, optionalPhone, optionalText, paging, span, spanIn } from '../params.ts'
import {
  ACTION,
  LIST,
  actorOf,
  adRequired,
  decision,
  recordData,
  RECORD_STATES,
  textAt,
  timeIn,
  viewerOf,
} from './data.ts'

/** A shift from its request to its end. */
export const recordEndpoints = (books: Books): Endpoint[] => [
  endpoint({
    ...ACTION,
    name: 'newAttCheckIn',
    parse: (fields) => ({ projectId: id(fields, 'projectId'), at: timeIn(fields, 'checkInTime') }),
    answer({ projectId, at }, call) {
      const wanted = { projectId, checkInAt: at(books) }
      return { recordId: String(requestCheckIn(books, actorOf(call), wanted, call.now)) }
    },
  }),
  endpoint({
    ...ACTION,
    name: 'cancelAttCheckIn',
    parse: (fields) => id(fields, 'recordId'),
    answer: (recordId, call) => cancelCheckIn(books, actorOf(call), recordId, call.now),
  }),
  endpoint({
    ...ACTION,
    name: 'decideAttCheckIn',
    parse: (fields) => ({
      recordId: id(fields, 'recordId'),
      confirm: decision(fields),
      reason: optionalText(fields, 'reason'),
    }),
    answer: (given, call) => decideCheckIn(books, actorOf(call), given, call.now),
  }),
  endpoint({
    ...ACTION,
    name: 'newAttCheckOut',
    parse: (fields) => ({
      recordId: id(fields, 'recordId'),
      at: timeIn(fields, 'checkOutTime'),
      // 1 where a long shift is meant
      confirmLong: optionalInteger(fields, 'confirmLong') === 1,
    }),
    answer({ recordId, at, confirmLong }, call) {
      const wanted = { recordId, checkOutAt: at(books), confirmLong }
      recordCheckOut(books, actorOf(call), wanted, call.now)
    },
  }),
  endpoint({
    ...ACTION,
    name: 'subscribeAttRecord',
    parse: (fields) => id(fields, 'recordId'),
    answer: (recordId, call) => subscribe(books, actorOf(call), recordId, call.now),
  }),
]

/** What this phone may see of them, and what it asked to be told of. */
export const recordLists = (books: Books): Endpoint[] => [
  endpoint({
    ...LIST,
    name: 'getAttRecordList',
    parse: (fields) => ({
      projectId: id(fields, 'projectId'),
      user: optionalPhone(fields, 'user'),
      days: span(fields),
      slice: paging(fields),
    }),
    answer({ projectId, user, days, slice }, call) {
      const viewer = viewerOf(call)
      const filter = { projectId, user, ...spanIn(days, books.zone()) }
      const { total, rows, limited } = recordPage(books, viewer, filter, slice)
      return {
        totalCount: total,
        limited,
        adRequired: adRequired(books, viewer),
        abstractList: rows.map((row) => recordData(books, row, call.now)),
      }
    },
  }),
  endpoint({
    ...LIST,
    name: 'getAttNoticeList',
    parse: (fields) => ({ slice: paging(fields) }),
    answer({ slice }, call) {
      const { total, rows } = noticePage(books, actorOf(call).phone, slice)
      return {
        totalCount: total,
        abstractList: rows.map((row) => ({
          recordId: String(row.recordId),
          projectId: String(row.projectId),
          projectName: row.projectName,
          state: RECORD_STATES.indexOf(row.state),
          checkInTime: textAt(books, row.checkInAt),
          decideUser: row.decidedBy,
          reason: row.reason,
          noticeTime: textAt(books, row.notifiedAt),
        })),
      }
    },
  }),
]
