/**
 * A zip archive written front to back: each entry is deflated as it comes, its size and checksum follow it.
 * Nothing is held but the list of entries, so the size of an archive does not matter to memory.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { Readable } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";

export type ZipEntry = { path: string; data: AsyncIterable<Uint8Array> | Iterable<Uint8Array> };

type Written = { path: Buffer; offset: number; crc: number; packed: number; size: number };

const LIMIT = 0xffff_ffff;
const VERSION = 20;
/** Sizes follow the data (bit 3); names are UTF-8 (bit 11). */
const FLAGS = 0x0808;
const DEFLATE = 8;
/** A file says nothing about when it was made: 1980-01-01, the format's first day. */
const DATE = 0x0021;

export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;

  for await (const entry of entries) {
    const path = Buffer.from(entry.path, "utf8");
    const header = localHeader(path);
    yield header;

    const done = { path, offset, crc: 0, packed: 0, size: 0 };
    for await (const chunk of deflated(entry.data, done)) {
      done.packed += chunk.byteLength;
      yield chunk;
    }
    const trailer = dataDescriptor(done);
    yield trailer;

    written.push(done);
    offset += header.byteLength + done.packed + trailer.byteLength;
    if (offset > LIMIT || done.size > LIMIT) throw new Error("the archive would pass 4 GiB, the format's limit");
  }

  const directory = Buffer.concat(written.map(directoryEntry));
  yield directory;
  yield endOfDirectory(written.length, directory.byteLength, offset);
}

async function* deflated(data: ZipEntry["data"], count: { crc: number; size: number }): AsyncGenerator<Buffer> {
  async function* counted() {
    for await (const chunk of data) {
      count.crc = crc32(chunk, count.crc);
      count.size += chunk.byteLength;
      yield chunk;
    }
  }
  const source = Readable.from(counted(), { objectMode: false });
  const deflate = createDeflateRaw({ level: 6 });
  // A source that breaks must break the archive too, and a reader that leaves must end the source.
  source.once("error", (error) => deflate.destroy(error));
  try {
    yield* source.pipe(deflate);
  } finally {
    source.destroy();
    deflate.destroy();
  }
}

function localHeader(path: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATE, 8);
  head.writeUInt16LE(DATE, 12);
  head.writeUInt16LE(path.byteLength, 26);
  return Buffer.concat([head, path]);
}

function dataDescriptor({ crc, packed, size }: Written): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(crc, 4);
  tail.writeUInt32LE(packed, 8);
  tail.writeUInt32LE(size, 12);
  return tail;
}

function directoryEntry({ path, offset, crc, packed, size }: Written): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(VERSION, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(DEFLATE, 10);
  head.writeUInt16LE(DATE, 14);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(packed, 20);
  head.writeUInt32LE(size, 24);
  head.writeUInt16LE(path.byteLength, 28);
  head.writeUInt32LE(offset, 42);
  return Buffer.concat([head, path]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
