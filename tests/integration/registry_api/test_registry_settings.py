"""The registry's API on a founded district: settings, calendars, tokens, and a command given twice."""

from __future__ import annotations

from tests.integration.registry_api.founded import of
from tests.integration.service_process import Caller, RunningService


def test_a_setting_is_changed_with_a_reason_and_within_its_type(
    registry: RunningService, office: Caller, commerce: Caller
) -> None:
    """三（三）: 25日前 is read until the 25th 24:00 unless the district says otherwise."""
    path, body = "/settings/report.due_reading", {"value": "before_day", "reason": "核定（模拟）"}
    assert commerce.post(path, body).status_code == 403
    wrong = office.post(path, {**body, "value": "whenever"})
    assert (wrong.status_code, wrong.json()["one_of"]) == (422, ["until_day_end", "before_day"])
    assert office.post("/settings/report.nothing", body).status_code == 404
    given = office.post(path, body).json()
    named = office.post("/settings/bodies.supervision_office", {"value": "审计局", "reason": "模拟"}).json()
    shown = {one["key"]: one for one in office.get("/settings", after=named["position"]).json()}
    assert given["events"] == ["SettingChanged"]
    assert (shown["report.due_reading"]["value"], shown["report.due_reading"]["was"]) == ("before_day", "until_day_end")
    assert shown["bodies.supervision_office"]["value"] == of(registry, "U-audit")


def test_a_provisional_calendar_is_replaced_by_the_published_one(office: Caller, commerce: Caller) -> None:
    assert [commerce.get(f"/calendars/{year}").json()["provisional"] for year in (2026, 2027, 2031)] == [
        False,
        True,
        True,
    ]
    assert commerce.get("/calendars/2031").json()["published"] is False
    body = {"days_off": ["2027-01-01", "2027-02-06"], "workdays": ["2027-02-20"], "source": "国办发明电（模拟）"}
    given = commerce.post("/calendars/2027", body).json()
    shown = commerce.get("/calendars/2027", after=given["position"]).json()
    assert (shown["provisional"], shown["workdays"]) == (False, ["2027-02-20"])
    back = office.post("/calendars/2027", {**body, "provisional": True})
    assert back.json()["type"] == "urn:sevenx:problem:calendar-published"
    weekday = office.post("/calendars/2027", {**body, "workdays": ["2027-02-22"]})
    assert weekday.json()["days"] == ["2027-02-22"]


def test_a_token_must_be_of_this_district_and_not_have_expired(registry: RunningService) -> None:
    grants = (f"district_office@{registry.district}", "district_office@410804")
    other = registry.caller("x", token=registry.token("410804-district-office", *grants, district="410804"))
    expired = registry.caller("x", token=registry.token("x", *grants, lifetime=-60))
    path, body = f"/groups/{of(registry, 'G-1')}/leader/release", {"reason": "x"}
    for caller, status, kind in ((other, 403, "other-district"), (expired, 401, "token-expired")):
        for answer in (caller.get("/groups"), caller.post(path, body)):
            assert (answer.status_code, answer.json()["type"]) == (status, f"urn:sevenx:problem:{kind}")
    nobody = registry.caller("x", token="no.token.at-all")
    assert nobody.get("/groups").json()["type"] == "urn:sevenx:problem:token-invalid"
    assert nobody.client.get("/groups", headers={"Authorization": ""}).status_code == 401


def test_a_command_under_the_same_key_is_carried_out_once(registry: RunningService, commerce: Caller) -> None:
    path, body = f"/units/{of(registry, 'U-justice')}/aliases", {"name": "司法", "source": "日常使用"}
    first = commerce.post(path, body, key="alias-0001").json()
    again = commerce.post(path, body, key="alias-0001").json()
    assert again == {**first, "replayed": True}
    other = commerce.post(path, {**body, "name": "司法局机关"}, key="alias-0001")
    assert (other.status_code, other.json()["type"]) == (409, "urn:sevenx:problem:idempotency-key-reused")
    assert commerce.client.post(path, json=body).status_code == 422, "a command needs its key"
