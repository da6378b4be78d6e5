"""API keys: digests and revocation."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from nunatak.core.key import ApiKey, OldDigest, digest, matches

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def key(secret: str, pepper: bytes) -> ApiKey:
    return ApiKey(
        id="k", created_at=NOW, created_by="service", created_by_id="x", updated_at=NOW, updated_by="service",
        updated_by_id="x", organization_id="o", name="n", digest=digest(secret, pepper=pepper),
    )  # fmt: skip


def test_only_the_right_secret_under_the_right_pepper_opens() -> None:
    made = key("secret", b"pepper")
    assert matches(made, "secret", NOW, pepper=b"pepper")
    assert not matches(made, "Secret", NOW, pepper=b"pepper")
    assert not matches(made, "secret", NOW, pepper=b"other")


def test_a_key_ends_when_it_is_revoked_or_its_time_has_come() -> None:
    made = key("secret", b"p")
    assert made.ended(NOW) == ""
    assert replace(made, revoked_at=NOW).ended(NOW) == "revoked"
    assert replace(made, expires_at=NOW).ended(NOW - SECOND) == ""
    assert replace(made, expires_at=NOW).ended(NOW) == "expired"


def test_a_former_secret_opens_until_the_overlap_is_over() -> None:
    old = OldDigest(digest=digest("old", pepper=b"p"), until=NOW)
    renewed = replace(key("new", b"p"), older=[old], rotated_at=NOW - SECOND)
    assert matches(renewed, "new", NOW, pepper=b"p")
    assert matches(renewed, "old", NOW - SECOND, pepper=b"p")
    assert not matches(renewed, "old", NOW, pepper=b"p")


def test_what_was_proved_with_a_former_secret_ends_with_it() -> None:
    old = OldDigest(digest="", until=NOW + SECOND)
    renewed = replace(key("new", b"p"), rotated_at=NOW)
    assert renewed.still(NOW, NOW)
    assert not renewed.still(NOW - SECOND, NOW)
    assert replace(renewed, older=[old]).still(NOW - SECOND, NOW)
    assert not replace(renewed, older=[old]).still(NOW - SECOND, NOW + SECOND)


def test_the_digest_does_not_hold_the_secret() -> None:
    assert "secret" not in digest("secret", pepper=b"p")
    assert len(digest("secret", pepper=b"p")) == 64
