// Shows the mail anew when its draft or a template changes, where the author was reading.
"use strict";

const mails = [...document.querySelectorAll("iframe")];
const place = (frame) => "scrolled " + frame.title;

for (const frame of mails) {
  const scroll = () => frame.contentWindow.scrollTo(0, Number(sessionStorage.getItem(place(frame))));
  frame.addEventListener("load", scroll);
  if (frame.contentDocument?.readyState === "complete") scroll();
}

new EventSource("/events").addEventListener("version", (event) => {
  if (event.data === document.body.dataset.version) return;
  for (const frame of mails) sessionStorage.setItem(place(frame), frame.contentWindow.scrollY);
  location.reload();
});
