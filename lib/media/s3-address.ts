/**
 * An S3-compatible store as one setting: `s3://KEY:SECRET@host[:port]/bucket[/prefix][?region=…&tls=off]`. One line
 * like a database's address, because that is how operators keep such things.
 */
export type S3Address = {
  /** Of the bucket, with the prefix, without a slash at the end. */
  baseUrl: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
};

export function readS3Address(text: string): S3Address | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== "s3:" || url.hostname === "" || url.username === "" || url.password === "") {
    return null;
  }
  const path = url.pathname.replace(/\/+$/, "");
  if (path === "") return null;
  const isPlain = url.searchParams.get("tls") === "off";
  return {
    baseUrl: `${isPlain ? "http" : "https"}://${url.host}${path}`,
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    region: url.searchParams.get("region") ?? "us-east-1",
  };
}
