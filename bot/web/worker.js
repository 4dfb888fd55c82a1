/* Shows what oO pushes, and takes taps on it. Every sentence comes with the message. */
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => {
  const { notification, action } = event;
  event.waitUntil(action === "" ? open(notification) : tap(notification, Number(action)));
});
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

async function show(data) {
  const said = data.json();
  if (said.kind === "edit") {
    const shown = await self.registration.getNotifications({ tag: said.tag });
    if (shown.length === 0) return; // the person has put it away: it does not come back
  }
  await self.registration.showNotification(said.title, {
    body: said.body,
    tag: said.tag,
    silent: said.silent,
    actions: said.actions.map((one, number) => ({ action: String(number), title: one.title })),
    data: { page: said.page, ticket: said.ticket, tokens: said.actions.map((one) => one.token) },
  });
}

async function tap(notification, number) {
  const { ticket, tokens } = notification.data;
  let answer;
  try {
    answer = await post("/push/tap", { ticket, token: tokens[number] });
  } catch (fault) {
    await showAgain(notification); // offline: nothing was noted, so its buttons stay
    return;
  }
  if (!answer.ok) await open(notification); // too late for the button: the page has all of them
}

/* Some systems put a notification away with the click on its button. */
async function showAgain({ title, body, tag, actions, data }) {
  await self.registration.showNotification(title, { body, tag, silent: true, actions: actions || [], data });
}

async function open(notification) {
  notification.close();
  const address = new URL(notification.data.page, self.location.origin).href;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((one) => one.url === address);
  await (there ? there.focus() : self.clients.openWindow(address));
}

async function renew(event) {
  const before = event.oldSubscription;
  if (!before) return; // the page notices
  const after = event.newSubscription || (await self.registration.pushManager.subscribe(before.options));
  const { endpoint, keys } = before.toJSON();
  await post("/push/renew", { endpoint, auth: keys.auth, subscription: JSON.stringify(after) });
}

/* Without cookies: what is sent proves by itself whose it is. */
function post(address, values) {
  return fetch(address, { method: "POST", credentials: "omit", body: new URLSearchParams(values) });
}
