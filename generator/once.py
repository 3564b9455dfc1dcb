"""What many pages or files hold alike: worked out when it is first asked for, then found under its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_Made = TypeVar("_Made")


class Once:
    """Keeps what was made under each key; all that it is made of must be told by the key."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}

    def __call__(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what is kept under a key, made now if it is not there yet."""
        if key not in self._made:
            self._made[key] = make()
        made: _Made = self._made[key]
        return made
