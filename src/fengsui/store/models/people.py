"""Areas, units, posts, people and accounts.

Names and telephone numbers stand in ``PersonDetail`` alone, so that they can be sealed or erased while
every other row keeps its meaning.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class Jurisdiction(models.Model):
    """An area of government, by division code."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A body that acts (单位); ``aliases`` are its other names."""

    id = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=200)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="units")
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post (岗位) of a unit with its roles in the software and its titles in plans."""

    id = models.CharField(max_length=64, primary_key=True)
    title = models.CharField(max_length=100)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="posts")
    roles = models.JSONField(default=list)
    titles = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """Somebody, without saying who: the other tables point here."""

    id = models.CharField(max_length=64, primary_key=True)

    def __str__(self) -> str:
        return self.id


class PersonDetail(models.Model):
    """Name and contacts of a person; ``sealed_at`` set: kept, and shown to nobody; erased: all empty."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="detail")
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=40, blank=True)
    mobile = models.CharField(max_length=20, blank=True, default="")
    email = models.CharField(max_length=200, blank=True, default="")
    sealed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.person_id


class Holding(models.Model):
    """Who holds a post, from when to when (``ends`` None: still)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="holding_ends_later"
            ),
            models.UniqueConstraint(fields=["person", "post", "starts"], name="holding_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["post", "starts"])]


class Roster(models.Model):
    """Who is on duty in a post, from when to when; ``main`` False: the deputy (副班), ``leader`` the leader
    of the shift (带班领导). ``instead_of`` is whom the person stands in for."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="shifts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="shifts")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    main = models.BooleanField(default=True)
    leader = models.BooleanField(default=False)
    instead_of = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_in"
    )
    note = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="roster_ends_later"),
            models.UniqueConstraint(fields=["post", "person", "starts"], name="roster_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["starts", "ends"])]


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the password is hashed by the first of ``PASSWORD_HASHERS``."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A sign-in; belongs to a person, whose posts say what it may do."""

    username = models.CharField(max_length=64, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.username
