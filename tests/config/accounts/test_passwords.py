"""Passwords of twelve and more, none of them known."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven char", "password_too_short"),
        ("startfinding", "password_too_common"),
        ("password1234", "password_is_known"),
        ("1234password!!", "password_is_known"),
        ("Password-2026-", "password_is_known"),
        ("passwordpassword", "password_is_known"),
        ("123456!!123456", "password_is_known"),
        ("928374650192", "password_entirely_numeric"),
    ],
)
def test_weak_passwords_are_refused(password: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert code in {error.code for error in refused.value.error_list}


@pytest.mark.parametrize(
    "password",
    ["correct horse battery staple", "7$k9!2@4#8%1", "كلمة سر طويلة جدا", "aaaaaaaaaaab-c"],
)
def test_others_are_taken(password: str) -> None:
    validate_password(password)


@pytest.mark.django_db
def test_a_new_account_is_told_what_is_wrong(admin_client: object) -> None:
    form = {"username": "dan", "usable_password": "true"}
    form |= dict.fromkeys(("password1", "password2"), "password1234")
    page = admin_client.post("/admin/auth/user/add/", form)
    assert "a known one with little added" in page.content.decode()
