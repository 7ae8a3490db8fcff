/** A text without the credential, however the provider repeats it: as it was sent, for a URL, decoded, in JSON, in base64. */
export const withoutSecret = (text: string, secret: string): string =>
  formsOf(secret).reduce((clean, form) => clean.replaceAll(form, '[redacted]'), text);

/** The longest first: one may hold another. */
function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const forms = [
    secret,
    encodeURIComponent(secret),
    decoded(secret),
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
  ];
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

function decoded(secret: string): string {
  try {
    return decodeURIComponent(secret);
  } catch {
    return secret; // a percent sign that encodes nothing
  }
}
