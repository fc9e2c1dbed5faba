"""Addresses of registration, signing in and the own profile. None holds personal data."""

from django.urls import path

from evenhand.lifecycle.register import (
    me_pages,
    reach_pages,
    register_pages,
    sign_in_pages,
    staff_pages,
    sure_pages,
    verify_pages,
)
from evenhand.web import converters as converters

urlpatterns = [
    path("register/", register_pages.start, name="register"),
    path("register/code/", register_pages.code, name="register-code"),
    path("register/begin/", register_pages.begin, name="register-begin"),
    path("register/pin/", register_pages.pin, name="register-pin"),
    path("register/name/", register_pages.name, name="register-name"),
    path("register/student/", register_pages.student, name="register-student"),
    path("register/refused/", register_pages.refused, name="register-refused"),
    path("register/account/", verify_pages.account, name="register-account"),
    path("register/consents/", verify_pages.agree, name="register-consents"),
    path("register/check/", verify_pages.check, name="register-check"),
    path("register/done/", verify_pages.done, name="register-done"),
    path("in/", sign_in_pages.start, name="borrower-sign-in"),
    path("in/code/", sign_in_pages.code, name="sign-in-code"),
    path("in/pin/", sign_in_pages.pin, name="sign-in-pin"),
    path("in/forgotten/", sign_in_pages.forgotten, name="sign-in-forgotten"),
    path("in/new-pin/", sign_in_pages.new_pin, name="sign-in-new-pin"),
    path("out/", sign_in_pages.sign_out, name="borrower-sign-out"),
    path("sure/", sure_pages.start, name="be-sure"),
    path("sure/code/", sure_pages.code, name="be-sure-code"),
    path("my/me/", me_pages.me, name="me"),
    path("my/me/language/", me_pages.language, name="me-language"),
    path("my/me/pin/", me_pages.pin, name="me-pin"),
    path("my/me/consents/", me_pages.agreed, name="me-consents"),
    path("my/me/sessions/", me_pages.devices, name="me-sessions"),
    path("my/me/looks/", me_pages.looks, name="me-looks"),
    path("my/me/number/", reach_pages.number, name="me-number"),
    path("my/me/number/code/", reach_pages.number_code, name="me-number-code"),
    path("my/me/account/", reach_pages.account, name="me-account"),
    path("my/me/account/check/", me_pages.check_again, name="me-check"),
    path("my/me/addresses/", reach_pages.addresses, name="me-addresses"),
    path("my/me/safe/", reach_pages.safe, name="me-safe"),
    path("my/me/safe/now/", reach_pages.safe_now, name="me-safe-now"),
    path("staff/declaration/<number:borrower>/", staff_pages.declaration, name="declaration"),
]
