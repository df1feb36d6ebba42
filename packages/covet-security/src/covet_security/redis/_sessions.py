"""Sessions and revocations in Redis, each step one script or command.

All that is kept of one user shares a hash tag, so that each step stays in one slot of a cluster:

    {prefix}{tag}          the user's generation: a number that logging out everywhere raises
    {prefix}{tag}:s:<id>   a session: a hash while it lives (c and p the digests of the current and
                           the previous token, t when it was exchanged, a when the session ends,
                           g its generation, s the subject, d the claims); once it was ended, a
                           string of c and s. So MGET sees only sessions that were ended.
                           Digests are text, for clients that decode what they read.
    {prefix}{tag}:j:<jti>  an access token that was revoked
"""

import asyncio
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from redis.exceptions import RedisClusterException, RedisError

from covet_security._denial_cache import MAX_SECONDS, DenialCache
from covet_security._errors import StoreUnavailableError
from covet_security.redis._script import Script
from covet_security.refresh import (
    RefreshOutcome,
    RefreshPolicy,
    RefreshRetry,
    RefreshReused,
    RefreshRotated,
    RefreshSession,
    RefreshUnknown,
    subject_tag,
    tag_of,
)

if TYPE_CHECKING:
    from redis.asyncio import Redis, RedisCluster

T = TypeVar("T")

_NO_DIGEST = "-" * 43  # of a session that was not opened here

_OPEN = Script("""
redis.call('HSET', KEYS[1], 'c', ARGV[2], 't', ARGV[3], 'a', ARGV[4], 'g', ARGV[5], 's', ARGV[6])
if ARGV[7] ~= '' then redis.call('HSET', KEYS[1], 'd', ARGV[7]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
""")

_ROTATE = Script("""
local session, presented, now = KEYS[1], ARGV[1], tonumber(ARGV[3])
local idle, grace = tonumber(ARGV[4]), tonumber(ARGV[5])
if redis.call('TYPE', session).ok == 'string' then
  local ended = redis.call('GET', session)
  if ended:sub(1, 43) == presented then return {'unknown'} end
  return {'reused', ended:sub(44)}
end
local s = redis.call('HMGET', session, 'c', 'p', 't', 'a', 'g', 's', 'd')
local current, since, ends = s[1], tonumber(s[3]), tonumber(s[4])
if not current or now >= ends then return {'unknown'} end
local is_ended = tonumber(s[5]) < tonumber(redis.call('GET', KEYS[2]) or 0)
if not is_ended and now - since >= idle then return {'unknown'} end
if presented == current then
  if is_ended then return {'unknown'} end
  redis.call('HSET', session, 'c', ARGV[2], 'p', current, 't', now)
  redis.call('PEXPIRE', session, math.min(idle, ends - now))
  return {'rotated', s[6], s[5], s[4], s[7] or ''}
end
if not is_ended and presented == s[2] and now - since < grace then return {'retry', s[6]} end
redis.call('SET', session, current .. s[6], 'PX', ends - now)
return {'reused', s[6]}
""")

_SUBJECT_OF = Script("""
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then return false end
local s = redis.call('HMGET', KEYS[1], 's', 'c', 'p')
return (ARGV[1] == s[2] or ARGV[1] == s[3]) and s[1]
""")

_END = Script("""
local kind = redis.call('TYPE', KEYS[1]).ok
if kind == 'string' then return end
local current = kind == 'hash' and redis.call('HGET', KEYS[1], 'c') or ARGV[3]
redis.call('SET', KEYS[1], current .. ARGV[1], 'PX', ARGV[2])
""")

_END_ALL = Script("""
local latest = math.max(tonumber(ARGV[1]), tonumber(redis.call('GET', KEYS[1]) or 0)) + 1
redis.call('SET', KEYS[1], string.format('%.0f', latest))
return latest
""")


class RedisSessionStore:
    """A SessionStore for many processes, in one Redis or a Redis Cluster."""

    def __init__(
        self,
        client: "Redis | RedisCluster",
        *,
        prefix: str = "covet:",
        cache_seconds: float = MAX_SECONDS,
        timeout_seconds: float = 0.5,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep sessions through *client*.

        Args:
            client: of a Redis that evicts nothing, as a revocation that is lost is none.
            prefix: of every key.
            cache_seconds: for how long, up to 5, an access token that was not revoked is taken
                not to be; so long may it take until all processes refuse one that was.
            timeout_seconds: after which Redis is taken not to answer.
            monotonic: the clock of that cache.

        Raises:
            ConfigError: *cache_seconds* is out of its range.
        """
        self._client: Any = client
        self._prefix = prefix
        self._timeout = timeout_seconds
        self._cache = DenialCache(cache_seconds)
        self._monotonic = monotonic

    async def generation(self, subject: str) -> int:
        """Return the generation that new sessions of *subject* belong to: 0 at first."""
        return int(await self._ask(self._client.get(self._user_key(subject_tag(subject)))) or 0)

    async def open(
        self, session: RefreshSession, digest: bytes, *, now: float, idle: float
    ) -> None:
        """Keep a new *session* whose first refresh token has *digest*, for *idle* seconds."""
        ends, opened = _milliseconds(session.expires_at), _milliseconds(now)
        arguments = [
            min(_milliseconds(idle), ends - opened),
            _text_of(digest),
            opened,
            ends,
            session.generation,
            _encode(session.subject),
            json.dumps(session.data, separators=(",", ":")) if session.data else "",
        ]
        key = self._session_key(tag_of(session.sid), session.sid)
        await self._ask(_OPEN.run(self._client, [key], arguments))

    async def rotate(
        self, sid: str, presented: bytes, successor: bytes, *, now: float, policy: RefreshPolicy
    ) -> RefreshOutcome:
        """Exchange the token with the digest *presented* for the one with *successor*."""
        tag = tag_of(sid)
        times = (now, policy.idle_seconds, policy.grace_seconds)
        keys = [self._session_key(tag, sid), self._user_key(tag)]
        digests = [_text_of(presented), _text_of(successor)]
        arguments = [*digests, *map(_milliseconds, times)]
        answer = await self._ask(_ROTATE.run(self._client, keys, arguments))
        match [_decode(one) for one in answer]:
            case ["rotated", subject, generation, ends, data]:
                claims: dict[str, Any] = json.loads(data) if data else {}
                return RefreshRotated(
                    RefreshSession(sid, subject, int(generation), int(ends) / 1000, claims)
                )
            case ["retry", subject]:
                return RefreshRetry(sid, subject)
            case ["reused", subject]:
                self._cache.forget()
                return RefreshReused(sid, subject)
            case _:
                return RefreshUnknown()

    async def subject_of(self, sid: str, presented: bytes, *, now: float) -> str | None:
        """Return whose session *sid* is, if *presented* is its current or previous token."""
        key = self._session_key(tag_of(sid), sid)
        subject = await self._ask(_SUBJECT_OF.run(self._client, [key], [_text_of(presented)]))
        return None if subject is None else _decode(subject)

    async def end(self, sid: str, subject: str, *, now: float, until: float) -> None:
        """End the session *sid* of *subject*; refuse its access tokens until *until*."""
        key = self._session_key(subject_tag(subject), sid)
        arguments = [_encode(subject), _lifetime(now, until), _NO_DIGEST]
        await self._ask(_END.run(self._client, [key], arguments))
        self._cache.forget()

    async def end_all(self, subject: str, *, now: float) -> int:
        """End all that *subject* holds; return the generation that is good from now on."""
        key = self._user_key(subject_tag(subject))
        latest = await self._ask(_END_ALL.run(self._client, [key], [_milliseconds(now)]))
        self._cache.forget()
        return int(latest)

    async def deny(self, jti: str, subject: str, *, now: float, until: float) -> None:
        """Refuse the access token *jti* of *subject* until *until*, when it expires."""
        key = self._token_key(subject_tag(subject), jti)
        await self._ask(self._client.set(key, "", px=_lifetime(now, until)))
        self._cache.forget()

    async def is_denied(
        self, subject: str, *, jti: str, sid: str | None, generation: int, now: float
    ) -> bool:
        """Return whether a token was denied, its session ended, or its generation is over."""
        if self._cache.knows(jti, now=self._monotonic()):
            return False
        tag, ticket = subject_tag(subject), self._cache.ticket()
        keys = [self._user_key(tag), self._token_key(tag, jti)]
        if sid is not None:
            keys.append(self._session_key(tag, sid))
        latest, *denials = await self._ask(self._client.mget(keys))
        if generation < int(latest or 0) or any(one is not None for one in denials):
            return True
        self._cache.remember(jti, ticket, now=self._monotonic())
        return False

    def _user_key(self, tag: str) -> str:
        return f"{self._prefix}{{{tag}}}"

    def _session_key(self, tag: str, sid: str) -> str:
        """Name a session; one opened here has the tag in its name, which is not said twice."""
        name = f":s:{sid.removeprefix(tag)}" if tag_of(sid) == tag else f":x:{sid}"
        return self._user_key(tag) + name

    def _token_key(self, tag: str, jti: str) -> str:
        return f"{self._user_key(tag)}:j:{jti}"

    async def _ask(self, question: Awaitable[T]) -> T:
        """Return Redis's answer to *question*.

        Raises:
            StoreUnavailableError: there is none, or not in time.
        """
        try:
            async with asyncio.timeout(self._timeout):
                return await question
        except (RedisError, RedisClusterException, OSError) as error:  # OSError: TimeoutError, too
            raise StoreUnavailableError(
                f"the store of sessions does not answer: {type(error).__name__}"
            ) from error


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _lifetime(now: float, until: float) -> int:
    return max(1, _milliseconds(until - now))


def _text_of(digest: bytes) -> str:
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _encode(subject: str) -> bytes:
    """Encode any str, as JSON may bring half a surrogate pair."""
    return subject.encode(errors="surrogatepass")


def _decode(answer: bytes | str) -> str:
    """Return text, whether or not the client decodes what it reads."""
    return answer if isinstance(answer, str) else answer.decode(errors="surrogatepass")
