// Shows the mail anew when its draft or a template changes, where the author was reading.
"use strict";

const mails = [...document.querySelectorAll("iframe")];
const place = (frame) => "scrolled " + frame.title;

// A frame that could not be loaded holds the browser's own page, which is nobody's to scroll: it has no document for us.
for (const frame of mails) {
  const scroll = () => {
    if (frame.contentDocument) frame.contentWindow.scrollTo(0, Number(sessionStorage.getItem(place(frame))));
  };
  frame.addEventListener("load", scroll);
  if (frame.contentDocument?.readyState === "complete") scroll();
}

new EventSource("/events").addEventListener("version", (event) => {
  if (event.data === document.body.dataset.version) return;
  for (const frame of mails) {
    if (frame.contentDocument) sessionStorage.setItem(place(frame), frame.contentWindow.scrollY);
  }
  location.reload();
});
