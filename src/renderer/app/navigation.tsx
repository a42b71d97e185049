import { useTranslation } from 'react-i18next'
import { useKeyText } from './i18n/dynamic.ts'
import { NavLink } from 'react-router'
import { navigation } from './screen.ts'
import { useSite } from './site.tsx'

/** Screens by job; only those that exist and that this operator may open. */
export function Navigation() {
  const { t } = useTranslation()
  const text = useKeyText()
  const { operator } = useSite().hello
  const roles = operator?.roles ?? []
  const groups = navigation(
    (needed) => roles.includes('admin') || needed.some((role) => roles.includes(role)),
  )
  return (
    <nav className="sd-nav" aria-label={t('shell.navigation')}>
      {groups.map(({ group, screens }) => (
        <section key={group}>
          {group === 'today' ? null : <h2>{t(`shell.group.${group}`)}</h2>}
          {screens.map(({ path, title, icon: Icon }) => (
            <NavLink key={path} to={`/${path}`} end={path === ''}>
              {Icon ? <Icon /> : null}
              <span>{text(title)}</span>
            </NavLink>
          ))}
        </section>
      ))}
    </nav>
  )
}
