"""The precision words of a `PlaceRef` as the codes of UCDP, ACLED and Airwars."""

from __future__ import annotations

from according.values import PlacePrecision, PlaceRef

_UCDP = {
    PlacePrecision.EXACT: 1,
    PlacePrecision.SETTLEMENT: 1,
    PlacePrecision.NEAR: 2,
    PlacePrecision.ADMIN2: 3,
    PlacePrecision.ADMIN1: 4,
    PlacePrecision.REGION: 5,
    PlacePrecision.COUNTRY: 6,
    PlacePrecision.LARGER: 7,
}
_ACLED = {
    PlacePrecision.EXACT: 1,
    PlacePrecision.SETTLEMENT: 1,
    PlacePrecision.NEAR: 2,
    PlacePrecision.ADMIN2: 2,
    PlacePrecision.ADMIN1: 3,
    PlacePrecision.REGION: 3,
}
_AIRWARS = {
    PlacePrecision.EXACT: "nearby_landmark",
    PlacePrecision.SETTLEMENT: "town",
    PlacePrecision.NEAR: "town",
    PlacePrecision.ADMIN2: "district",
    PlacePrecision.ADMIN1: "province_governorate",
    PlacePrecision.REGION: "province_governorate",
}


def where_prec(place: PlaceRef) -> int | None:
    """UCDP's where_prec, 1 (exact) to 7 (international waters or airspace); None where no precision is known.

    A region whose point stands for less than some 25 km is a "limited area around a known point" (2).
    """
    if place.precision is None:
        return None
    if place.precision is PlacePrecision.LARGER and place.country is not None:
        return 6
    if place.precision is PlacePrecision.REGION and place.radius_km is not None and place.radius_km <= 25:
        return 2
    return _UCDP[place.precision]


def geo_precision(place: PlaceRef) -> int | None:
    """ACLED's geo_precision, 1 to 3; None for what ACLED does not record (a state only, or more)."""
    return _ACLED.get(place.precision) if place.precision is not None else None


def airwars_accuracy(place: PlaceRef) -> str | None:
    """Airwars' geolocation accuracy; None for a state only, or more.

    The exact grades of Airwars need a person's sign-off and are never given here; a large settlement (a radius of 6 km
    or more) is a city.
    """
    if place.precision is PlacePrecision.SETTLEMENT and place.radius_km is not None:
        return "city" if place.radius_km >= 6 else "neighbourhood_area" if place.radius_km <= 1.5 else "town"
    return _AIRWARS.get(place.precision) if place.precision is not None else None
