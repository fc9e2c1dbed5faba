{% load static %}/* Answers where there is no connection. It keeps one page without anything about a person, and
   the style; every other page comes from the house or not at all. */
"use strict";
const KEPT = "evenhand-{{ version }}";
const OFFLINE = "{% url 'offline' %}";
const FILES = [{% for file in files %}"{% static file %}", {% endfor %}OFFLINE];

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(KEPT).then((kept) => kept.addAll(FILES)).then(() => self.skipWaiting())
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(
        names.filter((name) => name !== KEPT).map((name) => caches.delete(name))
      ))
      .then(() => self.clients.claim())
  );
});

self.addEventListener("fetch", (event) => {
  const asked = event.request;
  if (asked.method !== "GET") return;
  if (asked.mode === "navigate") {
    event.respondWith(fetch(asked).catch(() => caches.match(OFFLINE)));
  } else if (FILES.includes(new URL(asked.url).pathname)) {
    event.respondWith(fetch(asked).catch(() => caches.match(asked)));
  }
});
