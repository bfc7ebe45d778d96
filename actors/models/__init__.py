from actors.models.actors import Actor, ActorName
from actors.models.countries import Country, CountryName
from actors.models.kinds import ActorKind
from actors.models.tenures import Tenure

__all__ = ["Actor", "ActorKind", "ActorName", "Country", "CountryName", "Tenure"]
