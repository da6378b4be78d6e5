"""API keys: digests and revocation."""

from datetime import UTC, datetime

from msgspec.structs import replace

from nunatak.core.key import ApiKey, digest, matches

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def key(secret: str, pepper: bytes) -> ApiKey:
    return ApiKey(
        id="k", created_at=NOW, created_by="service", created_by_id="x", updated_at=NOW, updated_by="service",
        updated_by_id="x", organization_id="o", name="n", digest=digest(secret, pepper=pepper),
    )  # fmt: skip


def test_only_the_right_secret_under_the_right_pepper_opens() -> None:
    made = key("secret", b"pepper")
    assert matches(made, "secret", pepper=b"pepper")
    assert not matches(made, "Secret", pepper=b"pepper")
    assert not matches(made, "secret", pepper=b"other")


def test_a_revoked_key_opens_nothing() -> None:
    assert not matches(replace(key("secret", b"p"), revoked_at=NOW), "secret", pepper=b"p")


def test_the_digest_does_not_hold_the_secret() -> None:
    assert "secret" not in digest("secret", pepper=b"p")
    assert len(digest("secret", pepper=b"p")) == 64
