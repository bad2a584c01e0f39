/** Sends JSON. Returns ok and, where it is false, the code and detail of the problem. */
export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return { ok: true };
    const { code = '', detail = '' } = await response.json().catch(() => ({}));
    return { ok: false, code, detail };
  } catch {
    return { ok: false, code: 'unreachable', detail: 'Guildhall is not responding. Try again in a moment.' };
  }
}
