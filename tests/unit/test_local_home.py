"""The state folder: made once, completed later, refused when it is somebody else's."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from sevenx.declaration import services
from sevenx.kernel.settings import Settings
from sevenx.local.errors import LocalError
from sevenx.local.home import Home


def test_a_new_folder_has_keys_and_passwords_that_only_the_owner_reads(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", port_base=17400)
    for secret in home.secrets.iterdir():
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600, secret
    assert stat.S_IMODE(home.secrets.stat().st_mode) == 0o700
    assert (home.seals / "seal.pub").read_text().startswith("-----BEGIN PUBLIC KEY-----")


def test_opening_it_again_keeps_secrets_and_ports(tmp_path: Path) -> None:
    made = Home.create(tmp_path / "home", port_base=17400)
    again = Home.create(tmp_path / "home")
    assert again == Home.open(tmp_path / "home") == made
    assert again.passwords == made.passwords


def test_another_port_base_replaces_the_one_in_the_folder(tmp_path: Path) -> None:
    Home.create(tmp_path / "home", port_base=17400)
    Home.create(tmp_path / "home", port_base=17440)
    assert Home.open(tmp_path / "home").gateway_url == "http://127.0.0.1:17440"


def test_a_service_that_was_declared_later_gets_its_passwords(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home")
    passwords = home.secrets / "passwords.json"
    fewer = {name: value for name, value in home.passwords.items() if "audit" not in name}
    passwords.write_text(json.dumps(fewer))
    again = Home.create(tmp_path / "home")
    assert again.passwords.keys() == home.passwords.keys()
    assert fewer.items() <= again.passwords.items()


def test_a_folder_with_other_things_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    with pytest.raises(LocalError, match="not empty and not a SevenX state folder"):
        Home.create(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("content", ['{"format": 99, "district": "410804", "port_base": 7410}', "[]", "{"])
def test_a_marker_of_another_make_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "sevenx-home.json").write_text(content)
    with pytest.raises(LocalError):
        Home.create(tmp_path)


def test_another_district_is_refused(tmp_path: Path) -> None:
    Home.create(tmp_path / "home", district="410804")
    with pytest.raises(LocalError, match="belongs to district 410804"):
        Home.create(tmp_path / "home", district="410803")


@pytest.mark.parametrize(("district", "base"), [("4108", 7410), ("410804", 80), ("410804", 65530)])
def test_nonsense_is_refused_before_anything_is_made(tmp_path: Path, district: str, base: int) -> None:
    with pytest.raises(LocalError):
        Home.create(tmp_path / "home", district=district, port_base=base)
    assert not (tmp_path / "home").exists()


def test_a_service_reads_its_whole_environment(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", port_base=17400)
    for one in services():
        settings = Settings.from_env(one.area, home.service_env(one.area))
        assert settings.kafka_user == f"410804-{one.area}"
        assert settings.local_issuer
        assert settings.port == home.service_port(one.area)
    assert Settings.from_env("audit", home.service_env("audit")).seal_key.startswith("-----BEGIN PRIVATE KEY-----")


def test_no_two_parts_share_a_port(tmp_path: Path) -> None:
    ports = Home.create(tmp_path / "home").ports()
    assert len(set(ports.values())) == len(ports)
