"""Traditional characters and the simplified ones that a plan prints for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import opencc

if TYPE_CHECKING:
    from collections.abc import Collection

_HAN: Final = "".join(map(chr, range(0x3400, 0xA000)))


def traditional_pairs(printed: Collection[str]) -> str:
    """Return pairs of a traditional character and its simplified one, for those that are printed: 稅税務务."""
    # Apart from each other, so that no phrase decides.
    simple = opencc.OpenCC("t2s").convert("\n".join(_HAN)).split("\n")
    return "".join(
        f"{char}{plain}" for char, plain in zip(_HAN, simple, strict=True) if char != plain and plain in printed
    )
