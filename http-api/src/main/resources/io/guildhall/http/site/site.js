for (const link of document.querySelectorAll('[data-management]')) {
  const address = new URL(link.dataset.management, location.href);
  address.port = document.body.dataset.managementPort;
  link.href = address;
}

function money({ amount, currency }) {
  const form = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  return form.format(amount / 10 ** form.resolvedOptions().maximumFractionDigits);
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function row(job) {
  const item = document.createElement('li');
  const { min, max } = job.budget;
  const title = element('span', 'title', job.title);
  title.append(' ', element('span', 'about', job.category));
  item.append(title);
  item.append(element('span', 'budget', [...new Set([money(min), money(max)])].join(' – ')));
  return item;
}

const list = document.getElementById('jobs');
const health = document.getElementById('health');

function say(well, words) {
  health.className = 'health ' + (well ? 'well' : 'ill');
  health.textContent = words;
}

async function look() {
  const started = performance.now();
  try {
    const answer = await fetch('/api/jobs?limit=6', { cache: 'no-store' });
    if (!answer.ok) throw new Error(answer.status);
    const { items } = await answer.json();
    list.replaceChildren(...(items.length ? items.map(row) : [element('li', 'quiet', 'None yet. The first one is a POST to /api/jobs away.')]));
    say(true, 'It answers: the open jobs were read in ' + Math.round(performance.now() - started) + ' ms.');
  } catch {
    list.replaceChildren(element('li', 'quiet', 'The list does not answer just now.'));
    say(false, 'It does not answer just now; this page keeps asking.');
  }
}

look();
setInterval(() => { if (!document.hidden) look(); }, 15000);
