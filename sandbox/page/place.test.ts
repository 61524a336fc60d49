import { describe, expect, test } from "vitest";
import { chatPlace, productPlace, readPlace } from "./place.js";

describe("the address", () => {
  test("names a chat, and finds it again", () => {
    const chat = { pageId: "104411223344556", psid: "7402345678901234" };
    expect(readPlace(chatPlace(chat))).toEqual({ pane: "chats", chat });
  });

  test("opens the feed for anything it does not know", () => {
    for (const hash of ["", "#", "#nonsense", "#chat", "#chat/1"]) {
      expect(readPlace(hash)).toEqual({ pane: "ads", chat: null });
    }
  });
});

describe("the way to the product", () => {
  test("keeps the host name this page was opened under", () => {
    expect(productPlace("http://127.0.0.1:3000/api/messenger/webhook", "localhost")).toBe(
      "http://localhost:3000/leads",
    );
  });

  test("leaves another machine's address alone", () => {
    expect(productPlace("https://leads.example.org/api/messenger/webhook", "localhost")).toBe(
      "https://leads.example.org/leads",
    );
  });
});
