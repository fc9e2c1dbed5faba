"""Which room answers which address."""

from django.conf import settings
from django.urls import include, path

from evenhand.site import bank_callbacks, front, health, sms_callbacks

urlpatterns = [
    path("", front.front, name="front"),
    path("leave/", front.leave, name="leave"),
    path("offline/", front.offline, name="offline"),
    path("sw.js", front.service_worker, name="service-worker"),
    path("", include("evenhand.console.urls")),
    path("", include("evenhand.lifecycle.repay.urls")),
    path("", include("evenhand.dayclose.urls")),
    path("", include("evenhand.lifecycle.register.urls")),
    path("", include("evenhand.lifecycle.remind.urls")),
    path("", include("evenhand.lifecycle.apply.urls")),
    path("", include("evenhand.lifecycle.call.urls")),
    path("", include("evenhand.lifecycle.decide.urls")),
    path("", include("evenhand.lifecycle.join.urls")),
    path("", include("evenhand.lifecycle.sign.urls")),
    path("", include("evenhand.lifecycle.evidence.urls")),
    path("", include("evenhand.lifecycle.disburse.urls")),
    path("", include("evenhand.lifecycle.verify.urls")),
    path("", include("evenhand.lifecycle.redress.urls")),
    path("", include("evenhand.lifecycle.arrange.urls")),
    path("", include("evenhand.lifecycle.staffing.urls")),
    path("", include("evenhand.lifecycle.wording.urls")),
    path("", include("evenhand.lifecycle.products.urls")),
    path("", include("evenhand.lifecycle.serve.urls")),
    path("", include("evenhand.lifecycle.writeoff.urls")),
    path("", include("evenhand.lifecycle.relief.urls")),
    path("", include("evenhand.lifecycle.circumstances.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("providers/sms/<str:token>/report", sms_callbacks.report, name="sms-report"),
    path("providers/sms/<str:token>/reply", sms_callbacks.reply, name="sms-reply"),
    path("providers/bank/<str:token>", bank_callbacks.told, name="bank-told"),
    path("i18n/", include("django.conf.urls.i18n")),
]
if settings.EVENHAND_DEMO:
    urlpatterns.append(path("demo/", include("evenhand.site.demo_urls")))

handler403 = "evenhand.site.errors.forbidden"
handler404 = "evenhand.site.errors.not_found"
handler500 = "evenhand.site.errors.failed"
