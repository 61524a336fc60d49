import { expect, test } from "vitest";
import { loginDialogUrl, loginScopes } from "./login-dialog.ts";

const dialog = {
  base: "https://www.facebook.com/",
  version: "v26.0",
  appId: "1122334455667788",
  redirectUri: "https://leads.example.org/api/meta/login?a=b",
  state: "s&t",
};

test("a configuration decides on the permissions, or they are asked for by name", () => {
  const configured = new URL(loginDialogUrl({ ...dialog, configId: "77" }));
  expect(configured.origin + configured.pathname).toBe("https://www.facebook.com/v26.0/dialog/oauth");
  expect(Object.fromEntries(configured.searchParams)).toEqual({
    client_id: "1122334455667788",
    redirect_uri: dialog.redirectUri,
    state: "s&t",
    response_type: "code",
    config_id: "77",
  });
  const classic = new URL(loginDialogUrl({ ...dialog, configId: null }));
  expect(classic.searchParams.get("scope")).toBe(loginScopes.join(","));
  expect(classic.searchParams.has("config_id")).toBe(false);
});
