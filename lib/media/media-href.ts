/** The door of kept files, app/api/media. */
export function mediaHref(pageId: string, id: string): string {
  return `/api/media/${pageId}/${id}`;
}
