import { addBlackUser, deleteBlackUsers } from '#core/charging/binding.ts'
import { requireManager } from '#core/charging/books.ts'
import { blackUsers, managerName } from '#core/charging/pages.ts'
import { setManagerName } from '#core/charging/people.ts'
import { endpoint } from '../endpoint.ts'
import { list, nameText, paging, phone } from '../params.ts'

const side = 'manager'
const actor = 'manager'

/** ME-3 */
const getManagerInfo = endpoint({
  side,
  actor,
  name: 'getManagerInfo',
  shape: 'list',
  mutating: false,
  parse: (fields) => ({ manager: phone(fields, 'manager') }),
  answer({ manager }, { charging: { books } }) {
    requireManager(books, manager)
    return [{ managerName: managerName(books, manager) ?? '' }]
  },
})

/** ME-4 (M-01) */
const reportManagerName = endpoint({
  side,
  actor,
  name: 'reportManagerName',
  shape: 'result',
  mutating: true,
  changes: ['users', 'devices'],
  parse: (fields) => ({ manager: phone(fields, 'manager'), name: nameText(fields, 'managerName') }),
  answer({ manager, name }, { charging: { books } }) {
    setManagerName(books, manager, name)
  },
})

/** ME-11 */
const addBlackUserEndpoint = endpoint({
  side,
  actor,
  name: 'addBlackUser',
  shape: 'result',
  mutating: true,
  changes: ['users'],
  parse: (fields) => ({ manager: phone(fields, 'manager'), user: phone(fields, 'user') }),
  answer({ manager, user }, { charging: { books }, now }) {
    addBlackUser(books, manager, user, now)
  },
})

/** ME-12 */
const deleteBlackUser = endpoint({
  side,
  actor,
  name: 'deleteBlackUser',
  shape: 'result',
  mutating: true,
  changes: ['users'],
  parse: (fields) => ({ manager: phone(fields, 'manager'), users: list(fields, 'userList', 'phone') }),
  answer({ manager, users }, { charging: { books } }) {
    deleteBlackUsers(books, manager, users)
  },
})

/** ME-13 */
const getBlackUser = endpoint({
  side,
  actor,
  name: 'getBlackUser',
  shape: 'page',
  mutating: false,
  parse: (fields) => ({ manager: phone(fields, 'manager'), slice: paging(fields) }),
  answer({ manager, slice }, { charging: { books } }) {
    requireManager(books, manager)
    const { total, rows } = blackUsers(books, manager, slice)
    return { totalCount: total, abstractList: rows }
  },
})

export const people = [getManagerInfo, reportManagerName, addBlackUserEndpoint, deleteBlackUser, getBlackUser]
