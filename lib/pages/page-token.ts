/** Where a page's token stands: bound into the seal, so that a token copied to another row opens nowhere. */
export const tokenPlace = (pageId: string): string => `page.sealedToken.${pageId}`;
