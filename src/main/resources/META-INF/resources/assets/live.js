// Keeps an open page fresh. Without this script the page is complete as it is; with it, the page follows the stream of
// transitions, and fetches itself again when something has happened.
(() => {
  'use strict';
  const SILENCE = 40000; // the stream says "alive" every 15 s
  const PAUSE = 2000; // between two refreshes
  const EVERY = 60000; // uptime and what is about to fail change without a transition
  const FIRST_RETRY = 1000;
  const LONGEST_RETRY = 30000;
  const SAID_ONE_BY_ONE = 3;

  const byId = (id) => document.getElementById(id);
  const contact = byId('contact');
  const icon = byId('icon');
  const served = new Map();
  let title = document.title;
  let face = icon.getAttribute('href');
  let stream = null;
  let lastId = '';
  let heard = Date.now();
  let lost = false;
  let began = false;
  let retry = FIRST_RETRY;
  let reopening = 0;
  let tag = '';
  let refreshed = 0;
  let planned = 0;
  let running = false;
  let again = false;
  let news = [];

  // ---- Times: the server says UTC, the reader reads the clock on the wall.
  const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const day = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

  function relative(then, now) {
    const seconds = Math.min(0, Math.round((then - now) / 1000)); // two clocks are never quite the same
    const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) || UNITS[3];
    return ago.format(Math.trunc(seconds / length), unit);
  }

  function local(then, now) {
    return (then.toDateString() === now.toDateString() ? clock : day).format(then);
  }

  function tell(root) {
    const now = new Date();
    for (const time of root.querySelectorAll('time')) {
      const then = new Date(time.dateTime);
      if (!Number.isNaN(then.getTime())) {
        const words = local(then, now) + (time.closest('footer, table') ? '' : ', ' + relative(then, now));
        if (time.textContent !== words) {
          time.textContent = words;
        }
      }
    }
  }

  // ---- What the server says now, in place of what it said before.
  function keep(section) {
    const focus = section.contains(document.activeElement) ? document.activeElement : null;
    const href = focus && focus.getAttribute('href');
    const fold = focus && focus.closest('summary') && focus.closest('details').id;
    const open = new Map([...section.querySelectorAll('details[id]')].map((one) => [one.id, one.open]));
    const same = href && [...section.querySelectorAll('a')].filter((one) => one.getAttribute('href') === href).indexOf(focus);
    return () => {
      for (const details of section.querySelectorAll('details[id]')) {
        if (open.has(details.id)) {
          details.open = open.get(details.id);
        }
      }
      const links = href ? [...section.querySelectorAll('a')].filter((one) => one.getAttribute('href') === href) : [];
      const target = fold ? byId(fold) && byId(fold).querySelector('summary') : links[Math.min(same, links.length - 1)];
      if (focus) {
        (target || byId('main')).focus({ preventScroll: true });
      }
    };
  }

  function replace(fresh) {
    const top = window.scrollY;
    for (const section of document.querySelectorAll('[data-live]')) {
      const next = fresh.getElementById(section.id);
      if (!next || served.get(section.id) === next.outerHTML) {
        continue;
      }
      served.set(section.id, next.outerHTML);
      const restore = keep(section);
      const copy = document.importNode(next, true);
      if (copy.tagName === section.tagName) {
        section.className = copy.className;
        section.replaceChildren(...copy.childNodes);
        restore();
        tell(section);
      } else {
        // The first transition brings its list and the heading with it.
        const whole = next.closest('section');
        section.replaceWith(document.importNode(whole || next, true));
        tell(document);
      }
    }
    title = fresh.title;
    face = fresh.getElementById('icon').getAttribute('href');
    show();
    if (window.scrollY !== top) {
      window.scrollTo(0, top);
    }
  }

  function refresh() {
    clearTimeout(planned);
    planned = 0;
    if (running) {
      again = true;
      return;
    }
    running = true;
    refreshed = Date.now();
    const headers = tag ? { Accept: 'text/html', 'If-None-Match': tag } : { Accept: 'text/html' };
    fetch(location.href, { headers, cache: 'no-store', credentials: 'same-origin' })
      .then((answer) => {
        heard = answer.ok || answer.status === 304 ? Date.now() : heard;
        if (answer.ok === (served.size === 0) && (answer.ok || answer.status === 404)) {
          location.reload(); // what the page is about has gone, or has come
        }
        if (!answer.ok || served.size === 0) {
          return null;
        }
        tag = answer.headers.get('ETag') || '';
        return answer.text();
      })
      .then((text) => {
        if (text) {
          replace(new DOMParser().parseFromString(text, 'text/html'));
        }
        announce();
        show();
      })
      .catch(() => {}) // the stream tells whether there is contact
      .finally(() => {
        running = false;
        if (again) {
          again = false;
          plan();
        }
      });
  }

  function plan() {
    planned = planned || setTimeout(refresh, Math.max(0, refreshed + PAUSE - Date.now()));
  }

  // ---- For who listens to the page instead of looking at it.
  function words(item) {
    const now = item.to == null ? 'retired' : String(item.to).toLowerCase();
    if (item.name == null) {
      const silent = item.to === 'STALE' ? ' is silent' : item.from === 'STALE' ? ' is heard again' : ': many are ' + now;
      return 'source ' + item.source + silent;
    }
    const firmly = item.from !== item.to ? ' is ' + now : item.reason === 'FLAPPING' ? ' flaps' : ' is steady again';
    return item.kind + ' ' + item.name + ' of ' + item.source + firmly;
  }

  function announce() {
    const fresh = news;
    news = [];
    if (fresh.length > 0) {
      const heading = document.querySelector('#verdict h1');
      byId('said').textContent = (fresh.length > SAID_ONE_BY_ONE ? fresh.length + ' transitions' : fresh.map(words).join('; '))
        + '. ' + (heading ? heading.textContent : '');
    }
  }

  // ---- Contact, and whether there is any.
  function show() {
    if (!stream || !began) {
      return; // nothing is known yet
    }
    document.title = lost ? 'No contact – ' + title : title;
    const wanted = lost ? icon.dataset.lost : face;
    if (icon.getAttribute('href') !== wanted) {
      icon.setAttribute('href', wanted);
    }
    document.body.classList.toggle('lost-contact', lost);
    contact.className = lost ? 'lost' : 'live';
    const text = lost ? 'No contact with heartbeat since ' + clock.format(heard) + '; trying again' : 'Live';
    if (contact.textContent !== text) {
      contact.textContent = text;
    }
  }

  function hear() {
    began = true;
    heard = Date.now();
    retry = FIRST_RETRY;
    if (lost) {
      lost = false;
      plan();
    }
    show();
  }

  function lose() {
    began = true;
    lost = true;
    show();
  }

  function open() {
    clearTimeout(reopening);
    reopening = 0;
    if (stream) {
      stream.close();
    }
    stream = new EventSource('/api/events' + (lastId ? '?last_event_id=' + encodeURIComponent(lastId) : ''));
    stream.onopen = hear;
    stream.addEventListener('alive', hear);
    stream.addEventListener('transition', (event) => {
      hear();
      lastId = event.lastEventId || lastId;
      try {
        news.push(JSON.parse(event.data));
      } catch (broken) {
        // The page will have it all the same.
      }
      // Once at once, and once when all that came with it has surely been written.
      refreshed + PAUSE < Date.now() ? refresh() : plan();
      again = running || again;
      plan();
    });
    stream.addEventListener('behind', () => {
      // What was missed is on the page; the stream goes on with what is to come.
      lastId = '';
      plan();
      reopen();
    });
    stream.onerror = () => {
      lose();
      if (stream.readyState === EventSource.CLOSED) {
        reopen();
      }
    };
  }

  function reopen() {
    stream.close();
    if (!reopening) {
      reopening = setTimeout(open, retry * (0.75 + Math.random() / 2));
      retry = Math.min(retry * 2, LONGEST_RETRY);
    }
  }

  function watch() {
    const now = Date.now();
    if (!lost && now - heard > SILENCE) {
      lose();
      reopen();
    }
    // Also without the stream, of which there may be too many.
    if (document.visibilityState === 'visible' && now - refreshed > EVERY) {
      refresh();
    }
  }

  for (const section of document.querySelectorAll('[data-live]')) {
    served.set(section.id, section.outerHTML);
  }
  refreshed = Date.now() - PAUSE;
  tell(document);
  setInterval(() => tell(document), 30000);
  setInterval(watch, 1000);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && plan());
  window.addEventListener('pagehide', () => stream && stream.close());
  window.addEventListener('pageshow', (event) => event.persisted && open());
  open();
})();
