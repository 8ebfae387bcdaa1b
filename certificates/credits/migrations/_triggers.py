"""Database triggers that refuse UPDATE and DELETE on a chained table; used by migrations of both packages."""

REFUSAL = "Deze tabel groeit alleen aan: een rij wordt nooit gewijzigd of verwijderd."
PG_FUNCTION = f"""
CREATE OR REPLACE FUNCTION credits_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""


def refuse_changes(*tables, verbs=("UPDATE", "DELETE")):
    """A pair of functions for ``RunPython``: put the triggers there, take them away."""

    def names(table):
        return [(verb, f"{table}_no_{verb.lower()}") for verb in verbs]

    def forwards(apps, schema_editor):
        sqlite = schema_editor.connection.vendor == "sqlite"
        if not sqlite:
            schema_editor.execute(PG_FUNCTION, params=None)
        for table in tables:
            for verb, name in names(table):
                body = (
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                    if sqlite
                    else "FOR EACH ROW EXECUTE FUNCTION credits_refuse_change()"
                )
                schema_editor.execute(f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" {body}', params=None)

    def backwards(apps, schema_editor):
        sqlite = schema_editor.connection.vendor == "sqlite"
        for table in tables:
            for _verb, name in names(table):
                schema_editor.execute(f'DROP TRIGGER "{name}"' + ("" if sqlite else f' ON "{table}"'), params=None)

    return forwards, backwards
