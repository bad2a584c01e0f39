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

// What each kind of result is called, is about and costs.
const kinds = {
  jobs: ({ job }) => [job.title, job.category, [job.budget.min, job.budget.max]],
  gigs: ({ gig }) => [gig.title, gig.category, gig.packages.map(it => it.price).filter((_, i, all) => i === 0 || i === all.length - 1)],
  freelancers: ({ freelancer }) => [freelancer.headline || freelancer.name, freelancer.name, freelancer.hourlyRate ? [freelancer.hourlyRate] : []],
};

function row(found) {
  const item = document.createElement('li');
  const [name, about, prices] = kinds[what.value](found);
  const title = element('span', 'title', name);
  title.append(' ', element('span', 'about', about));
  item.append(title);
  item.append(element('span', 'budget', [...new Set(prices.map(money))].join(' – ')));
  if (found.why) item.append(element('span', 'why', reason(found.why)));
  return item;
}

function reason({ similarity, words, skills }) {
  const parts = [];
  if (similarity !== undefined) parts.push(`its meaning is ${Math.round(similarity * 100)} % like it`);
  if (skills.matched.length) parts.push('it names ' + skills.matched.join(', '));
  if (skills.near.length) parts.push(skills.near.map(it => `${it.by} is near ${it.wanted}`).join(', '));
  if (words > 0) parts.push('some of the words are in it');
  return 'Here because ' + parts.join(', and ') + '.';
}

const list = document.getElementById('jobs');
const health = document.getElementById('health');
const query = document.getElementById('q');
const what = document.getElementById('what');

function say(well, words) {
  health.className = 'health ' + (well ? 'well' : 'ill');
  health.textContent = words;
}

async function look() {
  const started = performance.now();
  try {
    const asked = query.value.trim();
    const where = what.value;
    const answer = await fetch(`/api/${where}/search?` + new URLSearchParams({ limit: 6, q: asked }), { cache: 'no-store' });
    if (!answer.ok) throw new Error(answer.status);
    const { items, about } = await answer.json();
    if (asked !== query.value.trim() || where !== what.value) return;
    const none = asked ? about.hint : 'None yet. ./guildhall seed brings a demo marketplace, to have something to find.';
    const read = element('li', 'quiet', `Read as “${about.readAs}”.`);
    list.replaceChildren(...(about.readAs ? [read] : []), ...(items.length ? items.map(row) : [element('li', 'quiet', none)]));
    say(true, 'It answers: the list was read in ' + Math.round(performance.now() - started) + ' ms.');
  } catch {
    list.replaceChildren(element('li', 'quiet', 'The list does not answer just now.'));
    say(false, 'It does not answer just now; this page keeps asking.');
  }
}

what.addEventListener('change', look);

let typing;
query.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(look, 200); });
document.getElementById('search').addEventListener('submit', event => { event.preventDefault(); look(); });

look();
setInterval(() => { if (!document.hidden) look(); }, 15000);
