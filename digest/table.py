"""What every table of digest.toml has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """Unknown keys are refused, values don't change, and blanks around them are not meant."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
