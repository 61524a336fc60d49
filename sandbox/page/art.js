/** Pictures for the ads and faces for the pages, drawn here: nothing is loaded from elsewhere. */
import { h, svg } from "./dom.js";

/** @typedef {ReturnType<typeof svg>} Drawing */

/** @param {{ id: string, title: string }} ad */
export function adPicture(ad) {
  const scenes = [solarRoof, battery, kitchen, showroom];
  const drawn = scenes[(Number(ad.id.slice(-2)) - 1) % scenes.length] ?? solarRoof;
  return svg(
    "svg",
    {
      class: "ad-picture",
      viewBox: "0 0 480 252",
      preserveAspectRatio: "xMidYMid slice",
      role: "img",
      "aria-label": ad.title,
    },
    drawn(ad.id),
  );
}

/** @param {string} id @param {string} from @param {string} to */
function shade(id, from, to) {
  return svg(
    "linearGradient",
    { id, x1: 0, y1: 0, x2: 0, y2: 1 },
    svg("stop", { offset: 0, "stop-color": from }),
    svg("stop", { offset: 1, "stop-color": to }),
  );
}

/** @param {number} x @param {number} y @param {number} width @param {number} height @param {string} fill @param {number} [rx] */
function box(x, y, width, height, fill, rx = 0) {
  return svg("rect", { x, y, width, height, fill, rx });
}

/** @param {string} d @param {string} fill */
function shape(d, fill) {
  return svg("path", { d, fill });
}

/** @param {string} d @param {string} stroke @param {number} width */
function stroke(d, stroke, width) {
  return svg("path", {
    d,
    stroke,
    "stroke-width": width,
    fill: "none",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
}

/** @param {string} id @returns {Drawing[]} */
function solarRoof(id) {
  const sky = `sky${id}`;
  const cells = [0, 1, 2, 3].flatMap((column) =>
    [0, 1, 2].map((row) => {
      const x = 196 + column * 46 - row * 18;
      const y = 92 + row * 27;
      return shape(`M${x} ${y}h40l-16 23h-40z`, row === 1 && column === 2 ? "#3f7fa8" : "#27567c");
    }),
  );
  return [
    shade(sky, "#fbd9a0", "#fdf1dc"),
    box(0, 0, 480, 252, `url(#${sky})`),
    svg("circle", { cx: 392, cy: 66, r: 34, fill: "#f6a93b" }),
    svg("circle", { cx: 392, cy: 66, r: 50, fill: "#f6a93b", opacity: 0.25 }),
    shape("M0 206c80-34 150-30 230-8s170 12 250-16v70H0z", "#a9c09a"),
    box(132, 168, 232, 84, "#f7efe2"),
    shape("M96 176 176 78h220l-40 98z", "#b5563c"),
    shape("M140 166 188 86h190l-34 80z", "#8f3f2b"),
    ...cells,
    box(166, 184, 40, 28, "#8fb4c4", 3),
    box(232, 184, 40, 68, "#7a5a44", 3),
    box(298, 184, 40, 28, "#8fb4c4", 3),
    shape("M0 232c120-14 320-14 480 0v20H0z", "#7f9f76"),
  ];
}

/** @param {string} id @returns {Drawing[]} */
function battery(id) {
  const wall = `wall${id}`;
  return [
    shade(wall, "#20384a", "#35576b"),
    box(0, 0, 480, 252, `url(#${wall})`),
    box(0, 212, 480, 40, "#182a38"),
    shape("M0 0h150L60 212H0z", "rgb(255 255 255 / .05)"),
    box(196, 40, 92, 164, "#eef3f1", 12),
    box(208, 54, 68, 10, "#d2dcd8", 5),
    ...[0, 1, 2, 3, 4].map((n) => box(212, 172 - n * 22, 60, 14, n === 4 ? "#d2dcd8" : "#46b58d", 4)),
    stroke("M288 150h48v-52h40", "#f2c14e", 5),
    stroke("M196 150h-60v40h-44", "#7fb2c9", 5),
    box(376, 78, 44, 40, "#eef3f1", 8),
    shape("M401 82l-13 18h9l-4 15 14-19h-9z", "#e39b2d"),
    box(60, 178, 36, 26, "#7fb2c9", 6),
  ];
}

/** @param {string} id @returns {Drawing[]} */
function kitchen(id) {
  const wall = `tile${id}`;
  return [
    shade(wall, "#f3ece4", "#e6d9ca"),
    box(0, 0, 480, 252, `url(#${wall})`),
    box(40, 0, 150, 70, "#2f5d56", 3),
    box(290, 0, 150, 70, "#2f5d56", 3),
    stroke("M115 4v62M365 4v62", "#24493f", 2),
    box(196, 22, 88, 76, "#bcd6de", 4),
    stroke("M240 22v76M196 60h88", "#f8f4ef", 5),
    ...[110, 370].flatMap((x) => [
      stroke(`M${x} 70v18`, "#6b5846", 3),
      shape(`M${x - 18} 108a18 18 0 0 1 36 0z`, "#d98c4a"),
    ]),
    box(24, 150, 432, 12, "#8a6646", 2),
    box(32, 162, 416, 70, "#2f5d56", 2),
    stroke("M136 166v62M240 166v62M344 166v62", "#24493f", 2),
    ...[84, 188, 292, 396].map((x) => box(x - 14, 172, 28, 4, "#d9b98f", 2)),
    shape("M300 150v-16h44v16z", "#b44b36"),
    stroke("M168 150v-26a12 12 0 0 1 24 0v6", "#9aa5a3", 5),
    shape("M72 150c-4-18 2-32 14-40 4 18 0 32-8 40z", "#6f9a61"),
    box(66, 138, 24, 12, "#d98c4a", 3),
    box(0, 232, 480, 20, "#c9b197"),
  ];
}

/** @param {string} id @returns {Drawing[]} */
function showroom(id) {
  const dusk = `dusk${id}`;
  return [
    shade(dusk, "#5a6f92", "#d7a896"),
    box(0, 0, 480, 252, `url(#${dusk})`),
    box(64, 60, 352, 160, "#f4efe8", 4),
    box(64, 60, 352, 34, "#3b4657", 4),
    box(186, 71, 108, 12, "#f0c987", 6),
    box(84, 108, 146, 112, "#fbe3b4", 2),
    box(250, 108, 86, 112, "#fbe3b4", 2),
    box(350, 108, 46, 112, "#6a4e3d", 2),
    svg("circle", { cx: 360, cy: 168, r: 3, fill: "#f0c987" }),
    box(98, 168, 118, 40, "#2f5d56", 2),
    box(94, 162, 126, 8, "#8a6646", 2),
    stroke("M157 108v22", "#6b5846", 3),
    shape("M141 146a16 16 0 0 1 32 0z", "#c8643c"),
    box(264, 172, 58, 36, "#a9b7c4", 2),
    box(260, 166, 66, 8, "#8a6646", 2),
    box(0, 220, 480, 32, "#6e6470"),
    shape("M28 220c-6-26 2-48 12-58 12 14 18 36 10 58z", "#4f7a5b"),
    shape("M436 220c-6-20 2-38 10-46 10 12 14 30 8 46z", "#4f7a5b"),
  ];
}

/** A page's round face: its initials. @param {{ id: string, name: string }} page */
export function pageFace(page) {
  const initials = page.name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");
  return h("span", { class: "face", "data-shade": Number(page.id.slice(-2)) % 4, "aria-hidden": "true" }, initials);
}
