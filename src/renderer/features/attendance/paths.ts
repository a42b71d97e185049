/** Addresses of these screens; filters stand behind the question mark, by the keys of their filters. */
type Filters = Readonly<Record<string, string>>

const withFilters = (path: string, filters: Filters): string => {
  const query = new URLSearchParams(filters).toString()
  return query === '' ? path : `${path}?${query}`
}

export const projectsPath = (filters: Filters = {}) => withFilters('/attendance', filters)
export const projectPath = (projectId: string, filters: Filters = {}) =>
  withFilters(`/attendance/projects/${encodeURIComponent(projectId)}`, filters)
export const gangPath = (projectId?: string) =>
  withFilters('/attendance/gang', projectId === undefined ? {} : { project: projectId })
export const calendarPath = (filters: Filters = {}) => withFilters('/attendance/calendar', filters)
export const recordsPath = (filters: Filters = {}) => withFilters('/attendance/records', filters)
export const recordPath = (recordId: string) => `/attendance/records/${encodeURIComponent(recordId)}`
export const correctionsPath = (filters: Filters = {}) => withFilters('/attendance/corrections', filters)
