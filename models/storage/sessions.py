"""The type of a transaction, for those who only hand it on."""

from sqlalchemy.orm import Session

__all__ = ["Session"]
