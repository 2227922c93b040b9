"""The types of arguments of assertions. They are as wide as the kinds that an assertion takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, Protocol, SupportsIndex, TypeAlias, TypeVar

_Item_co = TypeVar("_Item_co", covariant=True)
_Item = TypeVar("_Item")


class Items(Protocol[_Item_co]):
    """A sequence, but not a text or octets: these contain only parts of their own type."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[_Item_co]: ...

    def __contains__(self, item: object, /) -> bool: ...

    def __getitem__(self, index: SupportsIndex, /) -> _Item_co: ...


ListOf: TypeAlias = Items[_Item] | ValuesView[_Item]
SetOf: TypeAlias = AbstractSet[_Item]
AnyMap: TypeAlias = Mapping[Any, Any]
Number: TypeAlias = int | float
Octets: TypeAlias = bytes | bytearray | memoryview
Ordered: TypeAlias = int | float | str | Octets | datetime | timedelta
Sized: TypeAlias = str | Octets | ListOf[object] | SetOf[Any] | AnyMap
ItemsOrSet: TypeAlias = ListOf[object] | SetOf[Any]
