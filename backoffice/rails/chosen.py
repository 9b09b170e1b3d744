"""The rails of this shop, and which kind of tender goes back by which."""

from collections.abc import Mapping

from msgspec import Struct

from backoffice.rails.rail import Rail

MANUAL = "manual"


class Rails(Struct, frozen=True):
    """`by_kind` names a rail for kinds of tender; every other kind goes back by hand."""

    by_name: Mapping[str, Rail]
    by_kind: Mapping[str, str]

    def name_for(self, kind: str) -> str:
        return self.by_kind.get(kind, MANUAL)
