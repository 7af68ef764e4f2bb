"""A large record is checked in a time that grows with its size and no faster."""

import time

from bench.record import make_record

from standwith.campaigns.folder import dump, load_files


def test_the_invented_record_is_without_a_finding_and_comes_back():
    campaign = make_record(people=60, facts=200, organisations=300, sources=10)
    loaded = load_files(dump(campaign))
    assert loaded.findings == ()
    assert loaded.campaign == campaign


def test_a_record_of_four_times_the_size_takes_no_more_than_eight_times_the_work():
    def work(size: int) -> float:
        files = dump(make_record(people=size, facts=2 * size, organisations=4 * size, sources=50))
        start = time.process_time()
        load_files(files)
        return time.process_time() - start

    work(100)  # what is only done once: tables of letters, imports
    assert work(2000) < 8 * work(500)
