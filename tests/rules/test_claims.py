"""Promises of who somebody is by what another house's sign-in says of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import NotPermitted
from models.rules.claims import ClaimRules, Grant, claimed
from models.rules.vocabulary import Role
from tests.rules.scenario_tables import Row, situations

GROUPS = {
    "offramp-clerks": Grant("Harbor", frozenset({Role.CLERK})),
    "offramp-judges": Grant("Harbor", frozenset({Role.JUDGE})),
    "offramp-team": Grant("Harbor", frozenset({Role.COORDINATOR})),
    "uptown-clerks": Grant("Uptown", frozenset({Role.CLERK})),
}
_JSON = st.recursive(
    st.sampled_from([None, True, 7, "", "clerk", "offramp-", "offramp-clerks\u200b", ["staff"]]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "roles"]), inner),
    max_leaves=6,
)


@pytest.mark.parametrize("row", situations("claims", "somebody"))
def test_somebody_is_who_their_house_and_the_court_say(row: Row) -> None:
    rules = ClaimRules(groups=GROUPS, groups_in=row["groups_in"], amr=frozenset(row["amr"]), acr=frozenset(row["acr"]))
    if "refused" in row:
        with pytest.raises(NotPermitted) as refusal:
            claimed(row["claims"], rules)
        assert str(refusal.value).startswith(row["refused"])
    else:
        found = claimed(row["claims"], rules)
        assert (found.username, found.name, found.court) == (row["username"], row["name"], row["court"])
        assert sorted(found.roles) == row["roles"]


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("sub", "preferred_username", "name", "groups", "amr"), _JSON)))
def test_whatever_is_claimed_only_named_groups_let_somebody_in(claims: dict[str, object]) -> None:
    with pytest.raises(NotPermitted):
        claimed(claims, ClaimRules(groups=GROUPS))
