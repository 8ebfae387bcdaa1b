"""What stands on a certificate, frozen at issue; everything but the holder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certificates.credits.models import Chamber

if TYPE_CHECKING:
    from certificates.achievement import Achievement
    from certificates.credits.models import CreditEntry


def certificate_payload(achievement: Achievement, entries: tuple[CreditEntry, ...]) -> dict[str, Any]:
    """The facts in JSON: an entry with points becomes a line in ``credits``, an accreditation stays readable without.

    Somebody who is in none of the registers still sees the accreditation, so that the own register can weigh it.
    """
    chambers = Chamber.objects.select_related("register").in_bulk({entry.chamber_id for entry in entries})
    return {
        "form": achievement.form,
        "title": achievement.title,
        "provider": achievement.provider,
        "led_by": list(achievement.led_by),
        "dates": sorted({part.on.isoformat() for part in achievement.sessions})
        or sorted({achievement.first_day.isoformat(), achievement.last_day.isoformat()}),
        "completed_on": achievement.completed_on.isoformat(),
        "minutes": achievement.minutes,
        "meetings": len(achievement.sessions),
        "intervision_minutes": sum(part.intervision_minutes for part in achievement.sessions),
        "group_size": achievement.group_size,
        "test_passed_on": achievement.test_passed_on and achievement.test_passed_on.isoformat(),
        "accreditations": [part.as_json() for part in achievement.accreditations],
        "credits": [
            {
                "chamber": chambers[entry.chamber_id].full_code,
                "register": chambers[entry.chamber_id].register.name,
                "requirement": entry.requirement,
                "points": f"{entry.points_expected:.2f}",
                "accreditation": entry.accreditation,
            }
            for entry in entries
            if entry.points_expected > 0
        ],
    }
