"""The console's addresses. No address holds personal data: borrowers are numbers."""

from django.urls import path, register_converter

from evenhand.console import book, file, law, signing


class Number:
    """A number that fits a column: what is longer is nobody's, and no such page."""

    regex = r"[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Number, "number")

urlpatterns = [
    path("", signing.home, name="home"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("book/", book.book, name="book"),
    path("book/find/", book.find, name="find"),
    path("borrowers/<number:borrower>/", file.file, name="file"),
    path("borrowers/<number:borrower>/reveal/", file.reveal, name="reveal"),
    path("law/", law.packs, name="law"),
    path("law/<slug:pack>/", law.pack, name="law-pack"),
]
