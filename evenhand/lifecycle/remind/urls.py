"""Addresses of the inbox, of the contacts, of wishes, and of the replies staff read."""

from django.urls import path

from evenhand.lifecycle.remind import contacts_pages, pages, replies_pages, wishes_pages

urlpatterns = [
    path("my/notices/", pages.notices, name="notices"),
    path("my/contacts/", contacts_pages.open_contacts, name="contacts"),
    path("my/wishes/", wishes_pages.wishes, name="wishes"),
    path("my/wishes/back/", wishes_pages.take_back, name="wish-back"),
    path("staff/replies/", replies_pages.queue, name="replies"),
    path("staff/replies/<int:borrower>/<int:seq>/", replies_pages.read, name="reply"),
]
