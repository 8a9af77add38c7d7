"""A crowd of readers while an editor corrects what they read; two hundred of them: `tests/bench/load_readers.py`."""

from tests.bench.load_readers import under_load


def test_a_crowd_gets_every_page_and_each_correction_is_there_on_the_next_request(committed_database):
    committed_database.manage("collectstatic", "--no-input", "--verbosity=0")
    told = under_load(committed_database.environment, clients=20, seconds=5, corrections=5)
    assert set(told["answers"]) == {200}
    assert told["answers"][200] > 200
    assert told["broken"] == {}
    assert told["not seen at once"] == []
    assert told["check_published"][0] == 0, told["check_published"]
    code, said = told["ledger script"]
    assert code == 0, said
    assert said.startswith("11 entries hold.")  # six editions, five notices
