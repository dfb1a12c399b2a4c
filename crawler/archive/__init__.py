"""The archive: every answer as it came over the wire, in WARC files that were written whole or are not there.

`output/archive/<started>-<process>-<number>.warc.gz`, each with a manifest beside it. While a file grows its name ends
in `.open`; it is synced, described and renamed when it is full or the run ends. What a killed run left open is cut back
to its last whole record and sealed by the next one.
"""

from crawler.archive.manifest import Manifest, check_file, find_files
from crawler.archive.reader import Damage, Record, iter_records, load_record
from crawler.archive.writer import ArchiveWriter, recover

__all__ = [
    "ArchiveWriter",
    "Damage",
    "Manifest",
    "Record",
    "check_file",
    "find_files",
    "iter_records",
    "load_record",
    "recover",
]
