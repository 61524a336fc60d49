/** Meta's refusals: the codes and subcodes by which a caller must tell them apart. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: number;
  readonly subcode: number | null;

  constructor(code: number, subcode: number | null, message: string, status = 400) {
    super(message);
    this.code = code;
    this.subcode = subcode;
    this.status = status;
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

export const refusals = {
  outsideWindow: () => new GraphError(10, 2018278, "This message is sent outside of allowed window."),
  otherAppOwns: () => new GraphError(10, 2018300, "Message Not Sent: another app is controlling this thread now."),
  questionsRun: () =>
    new GraphError(10, 2018321, "Message Not Sent: an automated question flow is in progress in this thread."),
  noPermission: (what: string) =>
    new GraphError(10, null, `Application does not have permission for this action: ${what}.`),
  noToken: () => new GraphError(190, null, "An access token is required to request this resource.", 401),
  badToken: () => new GraphError(190, null, "Invalid OAuth access token - Cannot parse access token.", 401),
  revokedToken: () =>
    new GraphError(
      190,
      460,
      "Error validating access token: the session has been invalidated because the user changed the password.",
      401,
    ),
  badProof: () => new GraphError(100, null, "Invalid appsecret_proof provided in the API argument."),
  unknownRecipient: () => new GraphError(100, 2018001, "No matching user found."),
  removedTag: () => new GraphError(100, 1893061, "This message tag is no longer supported."),
  wrongTargetApp: () => new GraphError(100, 2018164, "Invalid app id."),
  notFound: (id: string) =>
    new GraphError(
      100,
      33,
      `Unsupported request. Object with ID '${id}' does not exist or cannot be loaded due to missing permissions.`,
    ),
  invalid: (what: string) => new GraphError(100, null, what),
  messageAndAction: () => new GraphError(100, 2018014, "A message and a sender action cannot be in one request."),
  throttled: (code: 4 | 613) =>
    code === 4
      ? new GraphError(4, null, "Application request limit reached.")
      : new GraphError(613, null, "Calls to this api have exceeded the rate limit."),
};
