import { describe, expect, test } from "vitest";
import { fetchableUrl, isPublicAddress } from "./media-host.ts";

const graph = "https://graph.facebook.com";
const may = (url: string, origin = graph) => fetchableUrl(url, origin) !== null;

describe("a file may be fetched from", () => {
  test.each([
    "https://scontent-fra3-1.xx.fbcdn.net/v/t1.15752-9/1.jpg?oh=1&oe=2",
    "https://scontent.cdninstagram.com/a.jpg",
    "https://cdn.fbsbx.com/v/file.pdf",
    "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1",
    "https://platform-lookaside.fbsbx.com/platform/profilepic/?psid=1",
    "https://lookaside.instagram.com/x",
    "https://FBCDN.net./a.jpg",
  ])("Meta's %s", (url) => expect(may(url)).toBe(true));

  test.each([
    "http://scontent.xx.fbcdn.net/a.jpg",
    "https://scontent.xx.fbcdn.net:8443/a.jpg",
    "https://user:secret@scontent.xx.fbcdn.net/a.jpg",
    "https://evilfbcdn.net/a.jpg",
    "https://fbcdn.net.evil.example/a.jpg",
    "https://www.facebook.com/somebody",
    "https://l.facebook.com/l.php?u=https://evil.example",
    "https://127.0.0.1/a.jpg",
    "https://[::1]/a.jpg",
    "https://localhost/a.jpg",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "",
  ])("no other place: %s", (url) => expect(may(url)).toBe(false));

  test("the Graph API's own origin, which the operator chose", () => {
    expect(may("http://127.0.0.1:4010/media/1.png", "http://127.0.0.1:4010")).toBe(true);
    expect(may("http://127.0.0.1:4011/media/1.png", "http://127.0.0.1:4010")).toBe(false);
    expect(may("http://127.0.0.1:4010/media/1.png")).toBe(false);
  });
});

describe("an address is of the public network", () => {
  test.each(["157.240.0.35", "31.13.84.4", "2a03:2880:f12f:83:face:b00c::25de"])("%s", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
  test.each([
    "10.1.2.3",
    "127.0.0.1",
    "169.254.169.254",
    "172.31.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "fe80::1",
    "fc00::1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "not an address",
  ])("not %s", (address) => expect(isPublicAddress(address)).toBe(false));
});
