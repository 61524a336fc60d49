import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

/** Files made up from their names: small, valid enough to be recognised, and the same every time. */
export const mediaTypes: Record<string, string> = {
  png: "image/png",
  jpg: "image/png",
  jpeg: "image/png",
  gif: "image/png",
  webp: "image/png",
  pdf: "application/pdf",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  txt: "text/plain; charset=utf-8",
  bin: "application/octet-stream",
};

const makers: Record<string, (name: string) => Buffer> = {
  pdf,
  mp3,
  mp4,
  txt: (name) => Buffer.from(`A file called ${name}.\n`),
  bin: (name) => createHash("sha512").update(name).digest(),
};

export function mediaBytes(name: string): Buffer {
  const maker = makers[name.slice(name.lastIndexOf(".") + 1)];
  if (maker !== undefined) return maker(name);
  return name.startsWith("profile/") || name.startsWith("page/") ? face(name) : scene(name);
}

type Colour = readonly [number, number, number];

/** Two colours that belong to a name. */
function colours(name: string): { light: Colour; dark: Colour } {
  const [hue = 0] = createHash("sha256").update(name).digest();
  const turn = (shift: number, strength: number): Colour => {
    const channel = (offset: number) =>
      Math.round(strength * (0.62 + 0.38 * Math.cos(((hue / 255) * 6.283 + offset + shift) % 6.283)));
    return [channel(0), channel(2.09), channel(4.19)];
  };
  return { light: turn(0, 245), dark: turn(0.6, 120) };
}

const mix = (one: Colour, other: Colour, share: number): Colour => [
  Math.round(one[0] + (other[0] - one[0]) * share),
  Math.round(one[1] + (other[1] - one[1]) * share),
  Math.round(one[2] + (other[2] - one[2]) * share),
];

/** Head and shoulders on a coloured ground. */
function face(name: string): Buffer {
  const { light, dark } = colours(name);
  return png(160, 160, (x, y) => {
    const inHead = (x - 80) ** 2 + (y - 62) ** 2 < 30 ** 2;
    const inShoulders = ((x - 80) / 56) ** 2 + ((y - 160) / 58) ** 2 < 1;
    return inHead || inShoulders ? [250, 250, 250] : mix(light, dark, y / 320);
  });
}

/** A house under the sun, whatever the picture is called. */
function scene(name: string): Buffer {
  const { light, dark } = colours(name);
  return png(480, 252, (x, y) => {
    if ((x - 390) ** 2 + (y - 62) ** 2 < 28 ** 2) return [255, 226, 138];
    const inRoof = y > 84 && y < 146 && Math.abs(x - 200) < (y - 84) * 1.9;
    if (inRoof) return (x + y) % 34 < 3 || y % 20 < 2 ? [225, 232, 240] : [44, 62, 92];
    if (x > 110 && x < 290 && y >= 146 && y < 212) return [246, 240, 230];
    return y > 200 ? mix(dark, [70, 110, 70], 0.6) : mix(light, [255, 255, 255], y / 300);
  });
}

function chunk(kind: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(kind, 4, "latin1");
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])), 0);
  return Buffer.concat([head, data, tail]);
}

function png(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.set(colourAt(x, y), y * (1 + width * 3) + 1 + x * 3);
  }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const begin = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    begin,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 6 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function pdf(name: string): Buffer {
  const text = `BT /F1 18 Tf 40 760 Td (${name.replace(/[^\w. -]/g, " ")}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${place.toString().padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + table + trailer, "latin1");
}

/** A second of silence: MPEG 1 layer III, 128 kbit/s, 44.1 kHz. */
function mp3(): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat(Array.from({ length: 38 }, () => frame));
}

function box(kind: string, ...parts: Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length + 8, 0);
  head.write(kind, 4, "latin1");
  return Buffer.concat([head, data]);
}

/** A film without a picture: its boxes are in order, nothing plays. */
function mp4(name: string): Buffer {
  const movie = Buffer.alloc(100);
  movie.writeUInt32BE(1000, 12);
  movie.writeUInt32BE(1000, 16);
  movie.writeUInt32BE(0x0001_0000, 20);
  movie.writeUInt32BE(2, 96);
  return Buffer.concat([
    box("ftyp", Buffer.from("isom\u0000\u0000\u0002\u0000isomiso2mp41", "latin1")),
    box("moov", box("mvhd", movie)),
    box("mdat", createHash("sha512").update(name).digest()),
  ]);
}
