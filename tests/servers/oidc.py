"""A real provider of OpenID Connect on 127.0.0.1: idpyoidc, with pages on which people choose who they are.

idpyoidc is an implementation of its own (cryptojwt signs), so that it and authlib can't share a mistake. What
is here binds it to HTTP, and can tell it to lie: about a token's claims, header and signature, about its
metadata, and by every fault of ``tests/servers/local.py``.
"""

from __future__ import annotations

import html
import json
import warnings
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from cryptojwt import KeyJar
from cryptojwt.jws.jws import JWS
from cryptojwt.key_jar import build_keyjar
from cryptojwt.utils import b64e
from idpyoidc.message.oauth2 import ResponseMessage
from idpyoidc.message.oidc import AccessTokenRequest
from idpyoidc.server import Server
from idpyoidc.server.configure import OPConfiguration
from idpyoidc.server.endpoint import Endpoint
from idpyoidc.server.exception import ClientAuthenticationError
from idpyoidc.server.session.manager import public_id
from idpyoidc.server.user_authn.authn_context import INTERNETPROTOCOLPASSWORD

from tests.servers.local import LocalServer

CLIENT_ID = "oo at acme"
CLIENT_SECRET = "a secret: with & signs"
KEY_DEFS = [{"type": "RSA", "key": "", "use": ["sig"]}, {"type": "EC", "crv": "P-256", "use": ["sig"]}]
SALT = "subjects"
_ENCRYPTED = {
    "kwargs": {
        "keys": {"key_defs": [{"type": "OCT", "use": ["enc"], "kid": name} for name in ("password", "salt")]},
        "iterations": 1,
    }
}

Claims = dict[str, Any]


@cache
def keys(which: str = "first") -> KeyJar:
    """A set of keys, made once: that takes a while."""
    return build_keyjar(KEY_DEFS)


def signed(claims: Claims, *, alg: str = "RS256", which: str = "first", **header: Any) -> str:
    """A token with these claims, signed by the key of that set; without ``kid`` if that is empty."""
    kind = {"RS": "RSA", "PS": "RSA", "ES": "EC"}[alg[:2]]
    (key,) = map(copy, keys(which).get_signing_key(kind, ""))
    key.kid = header.pop("kid", key.kid)
    return str(JWS(json.dumps(claims), alg=alg, **header).sign_compact([key]))


@dataclass(slots=True, kw_only=True)
class Lies:
    """What the provider says instead of the truth."""

    metadata: Claims = field(default_factory=dict)
    """Members of the discovery document; None takes one away."""
    claims: Claims = field(default_factory=dict)
    """Claims of the id token; None takes one away."""
    sign: Callable[[Claims], str] = field(default_factory=lambda: signed)
    """Makes the id token of its claims."""


class OidcServer(LocalServer):
    """The provider. ``people`` are those who have an account: claims by their name there."""

    def __init__(
        self,
        redirect_uri: str = "http://127.0.0.1:8080/sign-in/oidc/callback",
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """``host``: its name in addresses. ``clock``: the time of its tokens, if not the real time."""
        super().__init__(
            [
                web.get("/.well-known/openid-configuration", self._discovery),
                web.get("/jwks", self._keys),
                web.get("/authorization", self._ask_who),
                web.post("/authorization", self._authorize),
                web.post("/token", self._token),
                web.get("/userinfo", self._userinfo),
                web.get("/end_session", self._end_session),
            ]
        )
        self._port = port
        self.redirect_uri = redirect_uri
        self._host, self._clock = host, clock
        self.people: dict[str, Claims] = {}
        self.lies = Lies()
        self.op: Server = None  # built when the port is known

    async def start(self) -> None:
        await super().start()
        if self.op is None:
            self.op = self._built()

    @property
    def url(self) -> str:
        """The root, which is the issuer as well."""
        return super().url.replace("127.0.0.1", self._host)

    def person(self, name: str, **claims: Any) -> str:
        """Give somebody an account; returns their name."""
        self.people[name] = claims
        return name

    def subject(self, name: str) -> str:
        """The provider's id of somebody."""
        return str(public_id(name, SALT))

    def rotate(self, which: str = "second") -> None:
        """Sign with other keys from now on, and publish only those."""
        self.op = self._built(which)

    def _built(self, which: str = "first") -> Server:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            op = Server(OPConfiguration(_configuration(self.url)), keyjar=keys(which).copy())
        op.keyjar.import_jwks(keys(which).export_jwks(private=True), self.url)
        op.context.userinfo.db = self.people
        op.keyjar.add_symmetric(CLIENT_ID, CLIENT_SECRET)
        op.context.cdb[CLIENT_ID] = {
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "redirect_uris": [(self.redirect_uri, "")],
            "response_types_supported": ["code"],
            "allowed_scopes": ["openid", "email"],
        }
        return op

    # --- What a browser opens ------------------------------------------------------------------------------

    async def _ask_who(self, request: web.Request) -> web.Response:
        """The page on which a person says who they are."""
        fields = "".join(
            f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
            for name, value in request.query.items()
        )
        buttons = "".join(
            f'<button name="who" value="{html.escape(name)}">{html.escape(name)}</button>'
            for name in [*self.people, "Cancel"]
        )
        form = f'<form method="post" action="/authorization">{fields}{buttons}</form>'
        return _page(form)

    async def _authorize(self, request: web.Request) -> web.Response:
        query = {name: str(value) for name, value in (await request.post()).items()}
        who = query.pop("who")
        if who == "Cancel":
            answer = {"error": "access_denied", "state": query["state"], "iss": self.url}
            raise web.HTTPFound(f"{query['redirect_uri']}?{urlencode(answer)}")
        identity = b64e(json.dumps({"uid": who}).encode()).decode()
        self.op.context.authn_broker.get_method_by_id("user").user = identity
        return self._asked("authorization", query, request)

    async def _end_session(self, request: web.Request) -> web.Response:
        return _page("Signed out")

    # --- What oO asks --------------------------------------------------------------------------------------

    async def _discovery(self, request: web.Request) -> web.Response:
        answer = json.loads(self._asked("provider_config", {}, request).text or "")
        return web.json_response(_told(answer | {"jwks_uri": f"{self.url}/jwks"}, self.lies.metadata))

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response(self.op.keyjar.export_jwks())

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        answered = self._asked("token", form, request)
        is_true = self._clock is None and not self.lies.claims and self.lies.sign is signed
        if answered.status != 200 or is_true:
            return answered
        answer = json.loads(answered.text or "")
        claims = _told({**_payload(answer["id_token"]), **self._times()}, self.lies.claims)
        return web.json_response(answer | {"id_token": self.lies.sign(claims)})

    def _times(self) -> Claims:
        now = int(self._clock().timestamp()) if self._clock else None
        return {"iat": now, "auth_time": now, "exp": now + 300} if now else {}

    async def _userinfo(self, request: web.Request) -> web.Response:
        return self._asked("userinfo", {}, request)

    def _asked(self, name: str, query: Mapping[str, str], request: web.Request) -> web.Response:
        """What idpyoidc answers, as its own example for Flask passes it on."""
        endpoint: Endpoint = self.op.get_endpoint(name)
        http = {
            "headers": {key.lower(): value for key, value in request.headers.items()},
            "method": request.method,
            "url": str(request.url),
            "cookie": [],
        }
        try:
            parsed = endpoint.parse_request(dict(query), http_info=http)
        except ClientAuthenticationError:
            return web.json_response({"error": "invalid_client"}, status=401)
        if isinstance(parsed, ResponseMessage) and "error" in parsed:
            return web.json_response(text=parsed.to_json(), status=400)
        made = AccessTokenRequest(**parsed) if name == "token" else parsed
        answer = endpoint.process_request(made, http_info=http)
        if isinstance(answer, ResponseMessage) and "error" in answer:
            return web.json_response(text=answer.to_json(), status=400)
        sent = endpoint.do_response(request=made, **answer)
        if name == "authorization":
            raise web.HTTPFound(sent["response"])
        return web.Response(text=sent["response"], content_type="application/json")


def _page(content: str) -> web.Response:
    head = '<!doctype html><html lang="en"><title>Acme</title><link rel="icon" href="data:,">'
    return web.Response(text=head + content, content_type="text/html")


def _told(truth: Claims, lies: Mapping[str, Any]) -> Claims:
    return {name: value for name, value in {**truth, **lies}.items() if value is not None}


def _payload(token: str) -> Claims:
    from cryptojwt.jws.jws import factory

    return dict(factory(token).jwt.payload())


def _configuration(url: str) -> dict[str, Any]:
    server = "idpyoidc.server"
    in_header_or_form = {"client_authn_method": ["client_secret_basic", "client_secret_post"]}
    return {
        "issuer": url,
        "key_conf": {"key_defs": KEY_DEFS, "uri_path": "jwks"},
        "endpoint": {
            "provider_config": {
                "path": ".well-known/openid-configuration",
                "class": f"{server}.oidc.provider_config.ProviderConfiguration",
                "kwargs": {},
            },
            "authorization": {
                "path": "authorization",
                "class": f"{server}.oidc.authorization.Authorization",
                "kwargs": {},
            },
            "token": {"path": "token", "class": f"{server}.oidc.token.Token", "kwargs": in_header_or_form},
            "userinfo": {
                "path": "userinfo",
                "class": f"{server}.oidc.userinfo.UserInfo",
                "kwargs": {},
            },
            "session": {"path": "end_session", "class": f"{server}.oidc.session.Session", "kwargs": {}},
        },
        "userinfo": {"class": f"{server}.user_info.UserInfo", "kwargs": {}},
        "authentication": {
            "user": {
                "acr": INTERNETPROTOCOLPASSWORD,
                "class": f"{server}.user_authn.user.NoAuthn",
                "kwargs": {"user": ""},
            }
        },
        "add_on": {
            "pkce": {"function": f"{server}.oauth2.add_on.pkce.add_support", "kwargs": {"essential": True}}
        },
        "token_handler_args": {
            "code": {"lifetime": 600, "kwargs": {"crypt_conf": _ENCRYPTED}},
            "token": {"class": f"{server}.token.jwt_token.JWTToken", "kwargs": {"lifetime": 3600}},
            "id_token": {"class": f"{server}.token.id_token.IDToken", "kwargs": {}},
        },
        "session_params": {
            "encrypter": _ENCRYPTED,
            "password": "sessions",
            "sub_func": {"public": {"class": f"{server}.session.manager.PublicID", "kwargs": {"salt": SALT}}},
        },
    }
