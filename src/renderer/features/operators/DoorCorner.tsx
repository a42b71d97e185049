import { LanguageMenu, ThemeMenu } from '../../app/menus.tsx'

/** Language and theme before anyone signed in. */
export function DoorCorner() {
  return (
    <div className="sd-door-corner">
      <LanguageMenu />
      <ThemeMenu />
    </div>
  )
}
