"""What a provider answers: its metadata, tokens, claims. Strict about what oO relies on, blind to the rest.

Tests: tests/adapters/oidc/test_relying_party.py.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
)

from core.errors import IdentityProviderUnavailable

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""With a public key only: by HMAC a token would be "signed" with what everybody can read, and by ``none``
not at all.
"""

DEFAULT_ALGORITHM = "RS256"
MAX_URL_CHARACTERS = 2000
_URL = r"^[!#-;=?-\[\]_a-z~]+$"
"""Without what may not stand in an address, such as blanks and quotation marks: it gets into a header."""
MAX_SUBJECT_CHARACTERS = 255
"""Of OpenID Connect Core 1.0, section 2."""

_TEXT = 2048


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
        raise ValueError("no http:// or https:// URL without a fragment")
    return value


Address = Annotated[
    str, StringConstraints(max_length=MAX_URL_CHARACTERS, pattern=_URL), AfterValidator(_web_address)
]
Subject = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=MAX_SUBJECT_CHARACTERS, pattern=r"^[ -~]+$")
]
Word = Annotated[str, StringConstraints(strict=True, max_length=_TEXT)]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, allow_inf_nan=False)


class ProviderMetadata(_Answer):
    """The discovery document (OpenID Connect Discovery 1.0, section 3)."""

    issuer: Address
    authorization_endpoint: Address
    token_endpoint: Address
    jwks_uri: Address
    userinfo_endpoint: Address | None = None
    end_session_endpoint: Address | None = None
    id_token_signing_alg_values_supported: tuple[str, ...] = (DEFAULT_ALGORITHM,)
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False

    @property
    def algorithms(self) -> tuple[str, ...]:
        """Those by which a token may be signed."""
        return tuple(one for one in ALGORITHMS if one in self.id_token_signing_alg_values_supported)

    @property
    def sends_secret_in_body(self) -> bool:
        """Whether the client's secret goes into the form. It does where it may: providers disagree on how
        special characters are written in the header.
        """
        return "client_secret_post" in self.token_endpoint_auth_methods_supported


class Tokens(_Answer):
    """The answer to a code. Neither is stored; the access token is for the userinfo endpoint."""

    id_token: SecretStr = Field(max_length=1 << 17)
    access_token: SecretStr = Field(min_length=1)


class Claims(_Answer):
    """The claims of an id token that authlib reads, with the types that they must have."""

    iss: Word
    sub: Subject
    aud: Word | tuple[Word, ...]
    exp: StrictInt | StrictFloat
    iat: StrictInt | StrictFloat
    nbf: StrictInt | StrictFloat | None = None
    auth_time: StrictInt | StrictFloat | None = None
    nonce: Word
    azp: Word | None = None
    at_hash: Word | None = None
    email: StrictStr | None = None
    email_verified: StrictBool | StrictStr | None = None

    @property
    def verified_email(self) -> str | None:
        """The address, only if it is ``true`` that it was verified: the text "true" is no promise."""
        return self.email if self.email and self.email_verified is True else None


class UserInfo(_Answer):
    """The answer of the userinfo endpoint."""

    sub: Subject
    email: StrictStr | None = None
    email_verified: StrictBool | StrictStr | None = None

    @property
    def verified_email(self) -> str | None:
        """As in ``Claims``."""
        return self.email if self.email and self.email_verified is True else None


def parse_metadata(body: bytes, issuer: str) -> ProviderMetadata:
    """The metadata of ``issuer``. Raises ``IdentityProviderUnavailable`` for anything else.

    Another issuer is refused: a slash at the end is all that may differ from the setting. All addresses are
    encrypted unless the issuer itself is not, which the settings allow on this machine only.
    """
    try:
        metadata = ProviderMetadata.model_validate_json(body)
    except ValidationError:
        raise IdentityProviderUnavailable("its discovery document can't be used") from None
    if metadata.issuer.rstrip("/") != issuer.rstrip("/"):
        raise IdentityProviderUnavailable("its discovery document names another issuer: check OIDC_ISSUER")
    used = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
    other = (metadata.userinfo_endpoint, metadata.end_session_endpoint)
    schemes = {urlsplit(one).scheme for one in (*used, *other) if one}
    if urlsplit(issuer).scheme == "https" and schemes != {"https"}:
        raise IdentityProviderUnavailable("its discovery document names addresses without encryption")
    return metadata
