"""What may be asked of the engine."""

from pydantic import BaseModel, Field


class Bed(BaseModel):
    moisture: float = Field(ge=0, le=100, description="of the soil, percent")
    warmth: float = Field(ge=-30, le=60, description="of the air, degrees Celsius")
    rain: float = Field(ge=0, le=500, description="forecast for the night, millimetres")
    wind: float = Field(ge=0, le=250, description="kilometres an hour")


class Advice(BaseModel):
    water: str = Field(description="wait, little or much")
    version: str = Field(description="of the model that says so")
