from __future__ import annotations

from pathlib import Path

from georisk.news.reading.files import read_files
from georisk.news.tables import ReadingTables

RELEASE = (
    "Hill Metals said on Monday that it had restarted its mill in the valley after two years of works, and that the first "
    "concentrate would leave the port in June. The works cost more than planned. The owner expects to run the mill at half "
    "of its size until a second line is ready, which depends on the permit that the province has yet to give."
)
OTHER = (
    "The province has not said when the permit for a second line at the mill will be given, and officials were not ready to "
    "talk about it. Villagers ask for a new road before any more trucks pass the school, and for a doctor in the valley town."
)


def test_copies_of_one_release_share_a_group(tmp_path: Path, tables: ReadingTables) -> None:
    texts = {
        "1_a.txt": f"Mill restarts\n\n{RELEASE}\n",
        "2_b.txt": f"Hill Metals restarts mill\n\nVALLEY (Ore Wire) - {RELEASE} Our desk could not reach the owner.\n",
        "3_c.txt": f"Where is the permit?\n\n{OTHER}\n",
        "4_d.txt": "Short\n\nIt runs.\n",
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    read = read_files(sorted(tmp_path.iterdir()), tables)
    assert [one.group for one in read.articles] == ["1-00", "1-00", "3-00", "4-00"]
