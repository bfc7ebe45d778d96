from actors.models.actors import Actor, ActorName
from actors.models.countries import Country, CountryName
from actors.models.tenures import Tenure

__all__ = ["Actor", "ActorName", "Country", "CountryName", "Tenure"]
