"""Search keys are narrow rows: their tokens stand in the index alone, which is made of a function of the key.

A word that every fifth name holds is found in hundreds of thousands of rows; how wide they are decides how long it takes.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from models_catalog.models.search_key import Bigrams

CREATE = """
CREATE FUNCTION catalog_bigrams(key text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN string_to_array(left(key, 200), NULL) || ARRAY(
    SELECT substr(key, place, 2) FROM generate_series(1, least(length(key), 200) - 1) AS place
);
"""
FILL = "UPDATE models_catalog_searchkey SET tokens = catalog_bigrams(key);"


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0034_search_without_tones")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION catalog_bigrams(text);"),
        migrations.RemoveIndex(model_name="searchkey", name="search_key_tokens"),
        migrations.AlterField(  # for the way back, which begins with empty ones
            model_name="searchkey",
            name="tokens",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=2), default=list, size=None
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, FILL),
        migrations.RemoveField(model_name="searchkey", name="tokens"),
        migrations.AddIndex(
            model_name="searchkey",
            index=django.contrib.postgres.indexes.GinIndex(Bigrams("key"), name="search_key_bigrams"),
        ),
    ]
