import { useTranslation } from 'react-i18next'
import { useRead } from '../api/queries.ts'
import { useKeyText } from './i18n/dynamic.ts'
import { Link, useLocation } from 'react-router'
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
    operator?.withheld,
  )
  const cameras = useRead('camera.summary', {}).data?.supported ?? true
  const here = currentPath(
    useLocation().pathname,
    groups.flatMap(({ screens }) => screens.map(({ path }) => path)),
  )
  return (
    <nav className="sd-nav" aria-label={t('shell.navigation')}>
      {groups.map(({ group, screens }) => (
        <section key={group}>
          {group === 'today' ? null : <h2>{t(`shell.group.${group}`)}</h2>}
          {screens
            .filter(({ needsCameras }) => cameras || !needsCameras)
            .map(({ path, title, icon: Icon }) => (
              <Link
                key={path}
                to={`/${path}`}
                {...(path === here
                  ? { ref: intoSight, className: 'active', 'aria-current': 'page' as const }
                  : {})}
              >
                {Icon ? <Icon /> : null}
                <span>{text(title)}</span>
              </Link>
            ))}
        </section>
      ))}
    </nav>
  )
}

/** Reached by search, by a tile or by an address: where one is stands in sight. */
const intoSight = (link: HTMLElement | null) => link?.scrollIntoView({ block: 'nearest' })

/** The longest path that leads here: `rooms/low` is not also `rooms`. */
export function currentPath(pathname: string, paths: readonly string[]): string | undefined {
  const at = pathname.replace(/^\/+/, '')
  return paths
    .filter((path) => at === path || (path !== '' && at.startsWith(`${path}/`)))
    .toSorted((a, b) => b.length - a.length)[0]
}
