"""What a run leaves for people: its report as text, JSON and one page of HTML, and the alerts that go out."""

from crawler.reporting.closing import close_run

__all__ = ["close_run"]
