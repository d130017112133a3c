"""How a client logs in to the embedded broker."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class KafkaLogin:
    """How a client reaches the broker: SASL_PLAINTEXT with SCRAM-SHA-512 over loopback."""

    bootstrap: str
    user: str
    password: str = field(repr=False)

    def client_options(self) -> dict[str, str]:
        """Keyword arguments for kafka-python's clients."""
        return {
            "bootstrap_servers": self.bootstrap,
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": self.user,
            "sasl_plain_password": self.password,
        }

    def librdkafka_options(self) -> dict[str, str]:
        """Configuration for confluent-kafka's clients. What goes wrong is raised; librdkafka's own lines stay away."""
        return {
            "log_level": "2",
            "bootstrap.servers": self.bootstrap,
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": self.user,
            "sasl.password": self.password,
        }
