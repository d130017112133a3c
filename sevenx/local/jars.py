"""The embedded broker's Java: finding it, and fetching Apache Kafka's jars from Maven Central once."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from sevenx.declaration import ROOT
from sevenx.local.errors import LocalError

FOLDER = ROOT / "deploy" / "local"
LIBS = FOLDER / "libs"
POM = FOLDER / "pom.xml"
MINIMUM_JAVA = 17
INSTALL = "sudo apt-get install -y python3 python3-venv make openjdk-17-jdk-headless maven"


def java() -> str:
    """The Java program (`$JAVA_HOME`, then `$PATH`); LocalError when there is none or it is too old."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if found is None:
        where = f"JAVA_HOME={home} has no bin/java" if home else "java is not installed"
        raise LocalError(f"{where}, Kafka needs Java {MINIMUM_JAVA} or newer; type: {INSTALL}")
    version = _java_version(Path(found))
    if version < MINIMUM_JAVA:
        raise LocalError(f"{found} is Java {version}, Kafka needs {MINIMUM_JAVA} or newer; type: {INSTALL}")
    return found


def _java_version(program: Path) -> int:
    """The major version; read from the installation's `release` file, for starting Java costs 0.2 s."""
    try:
        text = (program.resolve().parent.parent / "release").read_text("utf-8")
    except OSError:
        text = subprocess.run([str(program), "-version"], capture_output=True, text=True, check=False).stderr
    match = re.search(r'(?:JAVA_VERSION=|version )"(?:1\.)?(\d+)', text)
    if match is None:
        raise LocalError(f"{program} does not say its version; Kafka needs Java {MINIMUM_JAVA}; type: {INSTALL}")
    return int(match[1])


def jars() -> Path:
    """The folder with Kafka's jars, fetched when the pom has changed since (seconds; needs the network once).

    LocalError when Maven is missing or fails. Two callers at a time fetch once; a fetch that was cut leaves nothing.
    """
    wanted = hashlib.sha256(POM.read_bytes()).hexdigest()
    if _fetched() != wanted:
        with (FOLDER / ".libs.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _fetched() != wanted:
                _fetch(wanted)
    return LIBS


def classpath() -> str:
    """All jars in a fixed order: a class archive is good for one order alone."""
    return ":".join(str(jar) for jar in sorted(jars().glob("*.jar")))


def archive() -> Path:
    """Where the class archive of this Java lies once it was made (see `sevenx.local.class_archive`)."""
    program = Path(java()).resolve()
    release = program.parent.parent / "release"
    text = str(program) + (release.read_text("utf-8") if release.exists() else "")
    return jars() / f"classes-{hashlib.sha256(text.encode()).hexdigest()[:12]}.jsa"


def _fetched() -> str:
    try:
        return (LIBS / ".pom.sha256").read_text("utf-8")
    except OSError:
        return ""


def _fetch(wanted: str) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise LocalError(f"mvn is not installed, it fetches Apache Kafka once; type: {INSTALL}")
    new = Path(tempfile.mkdtemp(dir=FOLDER, prefix=".libs-"))
    try:
        done = subprocess.run(
            [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={new}"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            lines = "\n".join(f"    {line}" for line in (done.stdout + done.stderr).splitlines()[-15:])
            raise LocalError(f"Apache Kafka could not be fetched from Maven Central:\n{lines}")
        (new / ".pom.sha256").write_text(wanted, "utf-8")
        new.chmod(0o755)
        shutil.rmtree(LIBS, ignore_errors=True)
        new.rename(LIBS)
    finally:
        shutil.rmtree(new, ignore_errors=True)
