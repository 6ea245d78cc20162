"""What somebody must bring to begin at a practice place. Whether it is there is a yes or a no."""

from enum import StrEnum


class Demand(StrEnum):
    """One thing a place may ask for, named alike by the place and by what somebody has shown."""

    POLICE_CERTIFICATE = "police_certificate"
    LICENCE_B = "licence_b"
    OWN_CAR = "own_car"
    VACCINATION = "vaccination"
    TUBERCULOSIS_TEST = "tuberculosis_test"
    HYGIENE_COURSE = "hygiene_course"
    HMS_CARD = "hms_card"
    TRUCK_LICENCE = "truck_licence"
    CONFIDENTIALITY = "confidentiality"
    CLOTHING = "clothing"
    SAFETY_SHOES = "safety_shoes"


DEMAND_NAMES: dict[Demand, str] = {
    Demand.POLICE_CERTIFICATE: "politiattest",
    Demand.LICENCE_B: "førerkort klasse B",
    Demand.OWN_CAR: "bil til rådighet",
    Demand.VACCINATION: "vaksinasjon",
    Demand.TUBERCULOSIS_TEST: "tuberkuloseundersøkelse",
    Demand.HYGIENE_COURSE: "kurs i hygiene",
    Demand.HMS_CARD: "HMS-kort",
    Demand.TRUCK_LICENCE: "truckførerbevis",
    Demand.CONFIDENTIALITY: "taushetserklæring",
    Demand.CLOTHING: "arbeidsklær",
    Demand.SAFETY_SHOES: "vernesko",
}
