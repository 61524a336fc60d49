// Every command enters here. Runs on the Node that is there (20.19 or newer), installs once per lock
// file, and hands over to the Node 24 that came with the packages.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules/.lock-hash");
const pinned = join(root, "node_modules/.bin/node");
const INSTALLED_MEGABYTES = 1_600;

/** The process now running for us; signals go on to it. */
let child;
let isStopping = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    isStopping = true;
    child?.kill(signal);
  });
}

// npm may be killed without a word to us.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid === parent) return;
  isStopping = true;
  child?.kill("SIGTERM");
}, 1_000).unref();

function run(command, args) {
  return new Promise((resolve) => {
    child = spawn(command, args, { cwd: root, stdio: "inherit" });
    child.once("error", (error) => resolve(refuse(`${command} could not be started: ${error.message}`)));
    child.once("close", (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

function refuse(sentence) {
  console.error(`\n${sentence}\n`);
  return 1;
}

async function install(lockHash) {
  const { bavail, bsize } = statfsSync(root);
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  if (free < INSTALLED_MEGABYTES) {
    return refuse(`The disk is full: ${root} has ${free} MB left, the packages need ${INSTALLED_MEGABYTES} MB.`);
  }
  console.log("Installing packages (once, about a minute) …");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--loglevel=error"];
  const code = await (npm ? run(process.execPath, [npm, ...args]) : run("npm", args));
  if (code !== 0) return isStopping ? code : refuse("The packages could not be installed: see above.");
  writeFileSync(stamp, lockHash);
  return 0;
}

async function enter() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    return refuse(`Node ${process.versions.node} is too old: please install Node 20.19 or newer.`);
  }
  const lockHash = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lockHash) {
    const code = await install(lockHash);
    if (code !== 0) return code;
  }
  if (isStopping) return 1;
  const node = existsSync(pinned) ? pinned : process.execPath;
  if (node === process.execPath && major < 24) {
    return refuse("This machine needs Node 24.7 or newer: no Node came with the packages for it.");
  }
  // The condition lets scripts call what the server may call.
  return run(node, ["--conditions=react-server", ...process.argv.slice(2)]);
}

process.exit(await enter());
