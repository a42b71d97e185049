import type { ZoneOffset } from '#shared/time.ts'
import { workCast } from '../../attendance/index.ts'
import { Calls } from '../calls.ts'
import { asked, type Action, type Tab, type TabParts } from '../tab.ts'
import { KeeperPhone } from './keeper.ts'
import { keeperScreen } from './keeper-view.ts'
import type { WorkPhone } from './phone.ts'
import { WorkerPhone } from './worker.ts'
import { workerScreen } from './worker-view.ts'

export interface WorkParts extends TabParts {
  /** of the site: what today is */
  readonly zone: ZoneOffset
}

export function workerTab({ clock, lanUrl }: WorkParts): Tab {
  const now = () => clock.now()
  const calls = new Calls(lanUrl, now)
  const phone = new WorkerPhone(calls, now)
  return {
    calls,
    actions: { ...commonActions(phone), ...workerActions(phone) },
    refresh: () => phone.refresh(),
    screen: (words) => workerScreen(words, phone, workCast.workers),
    air: () => [],
  }
}

export function keeperTab({ clock, lanUrl, zone }: WorkParts): Tab {
  const now = () => clock.now()
  const calls = new Calls(lanUrl, now)
  const phone = new KeeperPhone(calls, now, zone)
  return {
    calls,
    actions: { ...commonActions(phone), ...keeperActions(phone) },
    refresh: () => phone.refresh(),
    screen: (words) => keeperScreen(words, phone, workCast.keepers),
    air: () => [],
  }
}

const commonActions = (phone: WorkPhone): Record<string, Action> => ({
  login: (fields) => phone.login(asked(fields, 'phone')),
  logout: () => phone.logout(),
  project: (fields) => phone.choose(asked(fields, 'projectId')),
  correct: (fields) =>
    phone.correct(
      asked(fields, 'recordId'),
      { checkIn: asked(fields, 'checkIn'), checkOut: asked(fields, 'checkOut') },
      asked(fields, 'note'),
    ),
  answer: (fields) =>
    phone.answer(asked(fields, 'correctionId'), asked(fields, 'yes') === '1', asked(fields, 'reason')),
  withdraw: (fields) => phone.withdraw(asked(fields, 'correctionId')),
})

const workerActions = (phone: WorkerPhone): Record<string, Action> => ({
  checkin: (fields) => phone.checkIn(asked(fields, 'at')),
  cancel: (fields) => phone.cancel(asked(fields, 'recordId')),
  subscribe: (fields) => phone.subscribe(asked(fields, 'recordId')),
  leave: () => phone.leave(),
})

const keeperActions = (phone: KeeperPhone): Record<string, Action> => ({
  decide: (fields) =>
    phone.decide(asked(fields, 'recordId'), asked(fields, 'yes') === '1', asked(fields, 'reason')),
  end: (fields) => phone.end(asked(fields, 'recordId'), asked(fields, 'at'), asked(fields, 'long') === '1'),
  add: (fields) => phone.add(asked(fields, 'user'), asked(fields, 'userName')),
  remove: (fields) => phone.remove(asked(fields, 'user')),
})
