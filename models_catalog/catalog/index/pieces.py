"""What pages made of single entries, kept while those entries stay as they are."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from threading import Lock
from typing import Any

MOST = 4_000_000
"""Characters kept for one state of the catalog: some 1,500 rows, up to eight megabytes."""

Key = tuple[int, Any]
"""An entry's id, and all that its piece depends on besides the entry and the references."""
Piece = tuple[str, ...]


class Pieces:
    """LRU memory of the pieces of one state, bounded by MOST characters."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Piece] = OrderedDict()
        self._others: dict[Key, frozenset[int]] = {}
        self._size = 0
        self._lock = Lock()

    def get(self, keys: Iterable[Key]) -> dict[int, Piece]:
        """Entry → its piece, for the keys that are kept."""
        with self._lock:
            found = {key[0]: self._kept[key] for key in keys if key in self._kept}
            for key in keys:
                if key in self._kept:
                    self._kept.move_to_end(key)
        return found

    def keep(self, made: Mapping[Key, Piece], others: Collection[int] = ()) -> None:
        """Keep what was made, of which other entries say something too."""
        with self._lock:
            for key, piece in made.items():
                if key not in self._kept:
                    self._kept[key] = piece
                    self._size += _weight(piece)
                    if others:
                        self._others[key] = frozenset(others)
            while self._size > MOST:
                oldest, gone = self._kept.popitem(last=False)
                self._others.pop(oldest, None)
                self._size -= _weight(gone)

    def without(self, changed: Collection[int]) -> Pieces:
        """A copy for the next state: a thread that still makes pages of this state adds to this state's alone."""
        following = Pieces()
        with self._lock:
            gone = {key for key, others in self._others.items() if not others.isdisjoint(changed)}
            following._kept.update(
                (key, piece) for key, piece in self._kept.items() if key[0] not in changed and key not in gone
            )
            following._others = {
                key: others for key, others in self._others.items() if key in following._kept
            }
        following._size = sum(map(_weight, following._kept.values()))
        return following


def _weight(piece: Piece) -> int:
    return sum(map(len, piece))
