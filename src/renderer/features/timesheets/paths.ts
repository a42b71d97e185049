export const sheetPath = (projectId: string, month: string) =>
  `/attendance/sheet?${new URLSearchParams({ project: projectId, month }).toString()}`
export const printPath = (projectId: string, month: string) =>
  `/print/attendance/${encodeURIComponent(projectId)}/${month}`
