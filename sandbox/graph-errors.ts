/** Meta's refusals: the codes and subcodes by which a caller must tell them apart. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: number;
  readonly subcode: number | null;
  readonly headers: Record<string, string>;

  constructor(
    code: number,
    subcode: number | null,
    message: string,
    status = 400,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.code = code;
    this.subcode = subcode;
    this.status = status;
    this.headers = headers;
  }

  body(traceId: string) {
    return {
      error: {
        message: `(#${this.code}) ${this.message}`,
        type: "OAuthException",
        code: this.code,
        ...(this.subcode === null ? {} : { error_subcode: this.subcode }),
        fbtrace_id: traceId,
      },
    };
  }
}

const throttleWords: Record<number, string> = {
  4: "Application request limit reached.",
  613: "Calls to this api have exceeded the rate limit.",
};

const tokenTroubles: Record<number, string> = {
  458: "the user has not authorized application",
  459: "the user must log in at www.facebook.com",
  460: "the session has been invalidated because the user changed the password",
  463: "session has expired",
  464: "the user is not a confirmed user",
  467: "the session is invalid because the user logged out",
  492: "the user does not have a role on the Page any more",
};

export const refusals = {
  outsideWindow: (isInstagram = false) =>
    new GraphError(10, isInstagram ? 2534022 : 2018278, "This message is sent outside of allowed window."),
  otherAppOwns: (isInstagram = false) =>
    isInstagram
      ? new GraphError(100, 2534037, "The app is not the owner of this thread.")
      : new GraphError(10, 2018300, "Message Not Sent: another app is controlling this thread now."),
  questionsRun: () =>
    new GraphError(10, 2018321, "Message Not Sent: an automated question flow is in progress in this thread."),
  noPermission: (what: string) =>
    new GraphError(10, null, `Application does not have permission for this action: ${what}.`),
  noToken: () => new GraphError(190, null, "An access token is required to request this resource.", 401),
  badToken: () => new GraphError(190, null, "Invalid OAuth access token - Cannot parse access token.", 401),
  revokedToken: (subcode = 460) =>
    new GraphError(190, subcode, `Error validating access token: ${tokenTroubles[subcode] ?? "it is invalid"}.`, 401),
  missingPermission: (permission: string) =>
    new GraphError(200, null, `Requires ${permission} permission to manage the object.`, 403),
  notLive: () =>
    new GraphError(
      200,
      2018028,
      "Cannot message users who are not admins, developers or testers of the app until pages_messaging is reviewed and the app is live.",
      403,
    ),
  restricted: () => new GraphError(10, 1893063, "This Page is temporarily restricted from sending messages."),
  badProof: () => new GraphError(100, null, "Invalid appsecret_proof provided in the API argument."),
  unknownRecipient: () => new GraphError(100, 2018001, "No matching user found."),
  removedTag: () => new GraphError(100, 1893061, "This message tag is no longer supported."),
  unavailable: () => new GraphError(551, 1545041, "This person isn't available right now."),
  notFetchable: () => new GraphError(100, 2018008, "Failed to fetch the file from the url."),
  badFile: (why: string) => new GraphError(100, 2018047, `Upload attachment failure: ${why}.`),
  tooLarge: () => new GraphError(100, 2018109, "Attachment size exceeds allowable limit."),
  badAttachmentId: () => new GraphError(100, 2018074, "Invalid attachment id."),
  termsNotAccepted: () =>
    new GraphError(2, 2018344, "The Page admin has not accepted the Page Contact terms and cannot use labels."),
  noInstagram: () => new GraphError(100, 2534013, "The Page has no linked Instagram account."),
  gone: () => new GraphError(9_000_001, null, "The message has been deleted or is not available any more."),
  unknownField: (name: string) => new GraphError(100, null, `Tried accessing nonexisting field (${name}).`),
  wrongTargetApp: () => new GraphError(100, 2018164, "Invalid app id."),
  notFound: (id: string) =>
    new GraphError(
      100,
      33,
      `Unsupported request. Object with ID '${id}' does not exist or cannot be loaded due to missing permissions.`,
    ),
  invalid: (what: string) => new GraphError(100, null, what),
  messageAndAction: () => new GraphError(100, 2018014, "A message and a sender action cannot be in one request."),
  throttled: (code: number, status = 400, headers: Record<string, string> = {}) =>
    new GraphError(code, null, throttleWords[code] ?? "There have been too many calls.", status, headers),
};
