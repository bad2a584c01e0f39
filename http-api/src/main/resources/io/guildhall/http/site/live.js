const MAX_SHOWN = 200;
const MAX_DELAY = 10_000;

const status = document.getElementById('status');
const frames = document.getElementById('frames');
const editor = document.getElementById('frame');
const kind = document.getElementById('kind');
const disconnect = document.getElementById('disconnect');
const send = document.querySelector('#send button');
const unsent = document.getElementById('unsent'); // why the frame in the editor was not sent

let session = null; // the tokens of the login
let socket = null;
let delay = 500;
const positions = new Map(); // the epoch and the last offset of each channel

function element(tag, content, className = '') {
  const created = document.createElement(tag);
  created.textContent = content;
  created.className = className;
  return created;
}

function show(what, text, className = '') {
  const item = element('li', '', className);
  item.append(element('span', `${new Date().toLocaleTimeString()} ${what}`, 'at'), element('pre', text));
  frames.prepend(item);
  while (frames.childElementCount > MAX_SHOWN) frames.lastElementChild.remove();
}

async function request(path, body) {
  const headers = { 'Content-Type': 'application/json' };
  if (session) headers.Authorization = 'Bearer ' + session.accessToken;
  const response = await fetch(path, { method: 'POST', headers, body: body ? JSON.stringify(body) : undefined });
  const json = await response.json();
  if (!response.ok) throw new Error(json.detail);
  return json;
}

/** Requests a ticket; if the access token has expired, with a new one. */
async function ticket() {
  try {
    return (await request('/api/live/tickets')).ticket;
  } catch {
    const { refreshToken } = session;
    session = null;
    session = await request('/api/auth/refresh', { refreshToken });
    return (await request('/api/live/tickets')).ticket;
  }
}

async function connect() {
  try {
    const url = new URL('/api/live', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('ticket', await ticket());
    socket = new WebSocket(url, 'guildhall.v1');
    socket.onmessage = message => received(message.data);
    socket.onclose = closed;
  } catch (failure) {
    status.textContent = failure.message + ' Trying again.';
    later();
  }
}

function later() {
  setTimeout(() => { if (session) connect(); }, delay * (0.5 + Math.random()));
  delay = Math.min(delay * 2, MAX_DELAY);
}

function received(text) {
  const frame = JSON.parse(text);
  show('received', JSON.stringify(frame, null, 1));
  switch (frame.type) {
    case 'authenticated':
      delay = 500;
      status.textContent = `Connected as ${frame.accountId}. The access token expires at ${new Date(frame.expiresAt).toLocaleTimeString()}.`;
      setConnected(true);
      for (const [channel, { epoch, offset }] of positions) sendFrame({ type: 'subscribe', channel, after: offset, epoch });
      break;
    case 'subscribed':
    case 'resync':
      positions.set(frame.channel, { epoch: frame.epoch, offset: frame.offset });
      break;
    case 'unsubscribed':
      positions.delete(frame.channel);
      break;
    default:
      if (frame.offset !== undefined) positions.get(frame.channel).offset = frame.offset;
  }
}

function closed({ code, reason }) {
  show(`closed with ${code}`, reason, 'closed');
  setConnected(false);
  socket = null;
  status.textContent = session ? 'The connection was closed. Connecting again …' : 'Not connected.';
  if (session) later();
}

function setConnected(isConnected) {
  send.disabled = !isConnected;
  disconnect.disabled = !session;
}

function sendFrame(frame) {
  const text = JSON.stringify(frame);
  show('sent', text, 'sent');
  socket.send(text);
}

document.getElementById('connect').addEventListener('submit', async event => {
  event.preventDefault();
  const { email, password } = event.target.elements;
  session = null;
  socket?.close();
  positions.clear();
  try {
    session = await request('/api/auth/login', { email: email.value, password: password.value, device: 'Live API page' });
    status.textContent = 'Connecting …';
    await connect();
  } catch (failure) {
    status.textContent = failure.message;
  }
});

disconnect.addEventListener('click', () => {
  session = null;
  socket?.close();
  setConnected(false);
});

document.getElementById('send').addEventListener('submit', event => {
  event.preventDefault();
  try {
    sendFrame(JSON.parse(editor.value));
    unsent.textContent = '';
  } catch (failure) {
    unsent.textContent = 'The frame is not valid JSON: ' + failure.message;
  }
});

kind.addEventListener('change', () => { editor.value = kind.value; });

/** Describes the frames as the AsyncAPI document does. */
async function describe() {
  const { components } = await (await fetch('/asyncapi.json')).json();
  const kinds = document.getElementById('kinds');
  for (const [key, message] of Object.entries(components.messages)) {
    const example = JSON.stringify(message.examples[0].payload, null, 1);
    const isOfClient = key.startsWith('client.');
    const term = element('dt', message.name + ' ');
    term.append(element('span', isOfClient ? 'from a client' : 'to a client'));
    const description = element('dd', message.summary);
    description.append(element('pre', example));
    kinds.append(term, description);
    if (isOfClient) kind.append(new Option(message.name, example));
  }
  kind.value = kind.options[1].value;
}

describe();
