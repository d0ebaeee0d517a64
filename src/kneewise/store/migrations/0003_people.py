import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import kneewise.store.models


def give_each_sitting_its_person(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Whoever began before there were people is a person without a name."""
    person, sitting = apps.get_model("store", "Person"), apps.get_model("store", "Sitting")
    for one in sitting.objects.filter(person=None):
        sitting.objects.filter(pk=one.pk).update(person=person.objects.create())


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0002_following"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=kneewise.store.models.new_sitting_id,
                        editable=False,
                        max_length=43,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=30)),
                ("mark", models.CharField(blank=True, default="", max_length=20)),
                ("created", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name="sitting",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sittings",
                to="store.person",
            ),
        ),
        migrations.RunPython(give_each_sitting_its_person, migrations.RunPython.noop),
    ]
