/* Tips in this browser, switched on and off. Nothing is asked of the browser before a click. */
"use strict";
(() => {
  const root = document.querySelector("[data-push-key]");
  if (!root || root.dataset.started) return;
  root.dataset.started = "yes";

  const show = (state) => {
    for (const part of root.querySelectorAll("[data-push]")) part.hidden = part.dataset.push !== state;
    root.dataset.state = state;
  };
  const inHex = (bytes) => Array.from(new Uint8Array(bytes), (one) => one.toString(16).padStart(2, "0")).join("");
  const digest = async (text) => inHex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const keyOf = (subscription) => {
    const bytes = new Uint8Array(subscription.options.applicationServerKey || []);
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const send = async (address, values) => {
    const answer = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      body: new URLSearchParams({ csrf: root.querySelector("input[name=csrf]").value, ...values }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
  };

  const isUsable = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!isUsable) return show("unusable");

  let registration;
  const current = async () => {
    registration = registration || (await navigator.serviceWorker.register("/sw.js", { scope: "/" }));
    return registration.pushManager.getSubscription();
  };
  const isOn = async (subscription) =>
    subscription &&
    keyOf(subscription) === root.dataset.pushKey &&
    root.dataset.known.split(" ").includes(await digest(subscription.endpoint));

  const refresh = async () => {
    if (Notification.permission === "denied") return show("denied");
    show((await isOn(await current())) ? "on" : "off");
  };

  const turnOn = async () => {
    if ((await Notification.requestPermission()) !== "granted") return show("denied");
    const before = await current();
    const isOther = before && keyOf(before) !== root.dataset.pushKey;
    if (isOther) await before.unsubscribe(); // a browser has one subscription, for one key
    await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: root.dataset.pushKey,
    });
    await send("/me/browsers", { subscription: JSON.stringify(subscription) });
    location.reload();
  };

  const turnOff = async () => {
    const subscription = await current();
    if (subscription) {
      await send("/me/browsers/off", { endpoint: subscription.endpoint });
      await subscription.unsubscribe();
    }
    location.reload();
  };

  const guarded = (run) => async () => {
    try {
      await run();
    } catch (fault) {
      show("failed");
    }
  };
  for (const button of root.querySelectorAll("[data-push-on]")) button.addEventListener("click", guarded(turnOn));
  for (const button of root.querySelectorAll("[data-push-off]")) button.addEventListener("click", guarded(turnOff));
  guarded(refresh)();
})();
