import { requireManager, requireUser, type Books } from './books.ts'
import { CODE, Refusal } from './refusal.ts'

/** What people say of themselves. Only inside `site.write`. */

export function setUserName(books: Books, user: string, name: string): void {
  requireUser(books, user)
  books.db.statement('UPDATE user_info SET userName = ? WHERE user = ?').run(name, user)
}

/** */
export function setProfession(books: Books, user: string, professionId: number): void {
  requireUser(books, user)
  if (!books.db.statement('SELECT 1 FROM profession_info WHERE professionId = ?').get(professionId))
    throw new Refusal(CODE.parameter, '工种不存在')
  books.db.statement('UPDATE user_info SET professionId = ? WHERE user = ?').run(professionId, user)
}

export function setManagerName(books: Books, manager: string, name: string): void {
  requireManager(books, manager)
  books.db.statement('UPDATE manager_info SET managerName = ? WHERE manager = ?').run(name, manager)
}
