// Talks to the server of this page.

const alertLine = document.getElementById('alert');

export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** Returns the JSON that the server answers, or throws what it says is wrong. */
export async function call(path, body) {
  const request = body === undefined ? {} : {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    throw new Problem(0, 'The server does not answer. Is it still running?');
  }
  const json = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Problem(response.status, json.detail || `The server answers ${response.status}.`);
  }
  return json;
}

/** Shows what went wrong, or with null that nothing does any more. */
export function complain(problem) {
  alertLine.hidden = !problem;
  alertLine.textContent = problem ? problem.message : '';
}

/** Returns the bytes of a text in base64. */
export function bytes(base64) {
  const text = atob(base64);
  const array = new Uint8Array(text.length);
  for (let i = 0; i < array.length; i++) {
    array[i] = text.charCodeAt(i);
  }
  return array;
}

/** Returns an element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}
