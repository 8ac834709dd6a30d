"""The table of moves: complete, cited, and never at odds with the states it names."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.receipt import needs_confirmation, receipt
from gongkai.core.handling.settings import ClockSettings, open_questions
from gongkai.core.handling.transitions import (
    ActKind,
    Effect,
    State,
    acts_from,
    arrivals,
    move_from,
    moves,
)
from gongkai.core.law import cite

from .oracle import ALLOWED


def test_every_act_and_state_has_its_name() -> None:
    assert all(kind.label for kind in ActKind)
    assert all(state.label for state in State)
    assert all(effect.label for effect in Effect)
    assert all(channel.label for channel in Channel)
    assert len({state.label for state in State}) == len(State)
    assert len({kind.label for kind in ActKind}) == len(ActKind)


def test_every_move_is_cited_and_says_what_it_does() -> None:
    for move in moves():
        assert move.citation.startswith("《"), move
        assert move.says.endswith("。"), move
    assert {move.act for move in moves()} == set(ActKind)


def test_every_state_is_reached_and_left() -> None:
    reached = {move.to for move in moves()} | {arrival.to for arrival in arrivals().values()}
    assert set(State) - reached == {State.RECEIVED}
    left = {state for move in moves() for state in move.from_}
    assert set(State) - left == {State.RECEIVED}


def test_no_act_has_two_lines_from_one_state() -> None:
    places = [(state, move.act) for move in moves() for state in move.from_]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("kind", list(ActKind))
def test_the_table_is_what_was_written_down_a_second_time(kind: ActKind) -> None:
    from_ = {state.value for state in State if kind in acts_from(state)}
    assert from_ == ALLOWED[kind.value]


def test_after_the_end_only_filing_and_an_order_to_redo() -> None:
    for state in State:
        if state.concluded:
            allowed = set(acts_from(state))
            assert allowed - {ActKind.ARCHIVED, ActKind.ORDERED_REDO} == set()


def test_a_move_from_several_states_is_that_of_the_first() -> None:
    beside = (State.AWAITING_THIRD_PARTY, State.AWAITING_REASONS)
    found = move_from(beside, ActKind.REASONS_GIVEN)
    assert found
    assert found.to is State.PROCESSING
    assert move_from((State.SERVED,), ActKind.EXTEND) is None


@pytest.mark.parametrize("channel", list(Channel))
def test_each_channel_says_which_day_counts(channel: Channel) -> None:
    arrived = date(2025, 3, 10)
    taken = receipt(arrived, channel)
    assert taken.says
    assert taken.citation.startswith("《")
    if needs_confirmation(channel):
        assert (taken.received_on, taken.state) == (None, State.AWAITING_CONFIRMATION)
        confirmed = receipt(arrived, channel, date(2025, 3, 12))
        assert (confirmed.received_on, confirmed.state) == (date(2025, 3, 12), State.PROCESSING)
    else:
        assert (taken.received_on, taken.state) == (arrived, State.PROCESSING)
        assert receipt(arrived, channel, date(2025, 3, 12)).received_on == arrived
        assert needs_confirmation(channel, misaddressed=True)


def test_the_settings_are_as_their_notes_say() -> None:
    settings = ClockSettings()
    for name, question in open_questions().items():
        assert question.note.endswith("。")
        assert cite(question.basis).startswith("《")
        if name not in ("fee", "electronic_service"):
            assert getattr(settings, name) == question.default, name
        if name != "longest_delay":
            assert "未核实" in question.note, name
