/** Our own line icons, drawn on a 24-px grid. Always decoration: the words stand beside them or in a label. */
import { svg } from "./dom.js";

const paths = {
  send: "M4 12 20 4l-4.5 16-3.6-6.6z M11.9 13.4 20 4",
  back: "M15 5l-7 7 7 7",
  down: "M6 9l6 6 6-6",
  close: "M6 6l12 12 M18 6 6 18",
  feed: "M5 4h14v9H5z M5 17h14 M5 20h8",
  chat: "M4 5h16v11H11l-5 4v-4H4z",
  gears: "M4 7h10 M18 7h2 M16 5v4 M4 17h2 M10 17h10 M8 15v4 M4 12h5 M13 12h7 M11 10v4",
  picture: "M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15.5 9.5h.01",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8 M5 20c.6-3.6 3.4-5.5 7-5.5s6.400 1.900 7 5.500",
  out: "M13 5h6v6 M19 5l-9 9 M11 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-5",
  check: "M5 12.500 10 17 19 7",
  moon: "M6 4h12 M6 20h12 M8 4c0 4 3 5 4 8 M16 4c0 4-3 5-4 8 M8 20c0-4 3-5 4-8 M16 20c0-4-3-5-4-8",
  stop: "M8 4h8l4 4v8l-4 4H8l-4-4V8z M9 12h6",
  hand: "M7 12V7a1.500 1.500 0 0 1 3 0v4 M10 10V5a1.500 1.500 0 0 1 3 0v6 M13 10V6a1.500 1.500 0 0 1 3 0v6 M16 10a1.500 1.500 0 0 1 3 0v4c0 4-2.500 6-6 6s-4.500-1.500-6-4l-2-4c-.6-1.400 1-2.400 2-1.200",
  world: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16 M4 12h16 M12 4c3 3 3 13 0 16 M12 4c-3 3-3 13 0 16",
  video: "M4 6h11v12H4z M15 10.500l5-3v9l-5-3",
  audio: "M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3 M6 11a6 6 0 0 0 12 0 M12 17v3",
  file: "M7 4h7l4 4v12H7z M14 4v4h4",
  place:
    "M12 20c-4-4.500-6-7.500-6-10a6 6 0 0 1 12 0c0 2.500-2 5.500-6 10 M12 8.500a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3",
  dots: "M5 12h.01 M12 12h.01 M19 12h.01",
  plus: "M12 5v14 M5 12h14",
  smile: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16 M9 10h.01 M15 10h.01 M8.500 14c1 1.400 2.200 2 3.500 2s2.500-.6 3.500-2",
  repeat: "M5 11a7 7 0 0 1 12-4l2 2 M19 4v5h-5 M19 13a7 7 0 0 1-12 4l-2-2 M5 20v-5h5",
};

/** @param {keyof typeof paths} name @param {number} [size] */
export function icon(name, size = 20) {
  const line = svg("path", { d: paths[name] });
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" }, line);
}
