/** Sends JSON; says whether it was taken and, where it was not, the stable code and the words of the refusal. */
export async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.ok) return { taken: true };
    const { code = '', detail = '' } = await answer.json().catch(() => ({}));
    return { taken: false, code, detail };
  } catch {
    return { taken: false, code: 'unreachable', detail: 'Guildhall does not answer just now; try again in a moment.' };
  }
}
