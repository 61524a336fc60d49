/** Where files lie. The key names page and file; nothing a person wrote is part of it. */
export type MediaKey = { pageId: string; id: string };

export type MediaStore = {
  put(key: MediaKey, bytes: Uint8Array): Promise<void>;
  /** Null: not there. */
  get(key: MediaKey): Promise<Uint8Array<ArrayBuffer> | null>;
  remove(key: MediaKey): Promise<void>;
};

/** Ids are checked once more where they become a path. */
export function pathOf({ pageId, id }: MediaKey): string {
  if (!/^[\w-]+$/.test(pageId) || !/^[0-9a-f-]{36}$/.test(id)) throw new Error("No key of a file.");
  return `${pageId}/${id.slice(-2)}/${id}`;
}
